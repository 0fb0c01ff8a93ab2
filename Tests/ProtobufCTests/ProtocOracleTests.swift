// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import Testing

/// protoc itself as an independent judge of the bytes.
@Suite(.enabled(if: Program.protoc.exists)) struct ProtocOracleTests {
    private func protoc(_ arguments: [String], _ input: [UInt8]) throws -> [UInt8] {
        let outcome = try Program.protoc.run(
            arguments + ["-I\(Program.fixtures)", "-I/usr/include", "fixtures/v1/kinds.proto"],
            input: input)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output
    }

    private func passesThrough<Value: Message>(_ value: Value) throws -> String {
        let bytes = value.encoded()
        let text = try protoc(["--decode=\(Value.protoName)"], bytes)
        let again = try protoc(["--deterministic_output", "--encode=\(Value.protoName)"], text)
        #expect(again == bytes)
        #expect(try Value.decode(again.span) == value)
        return String(decoding: text, as: UTF8.self)
    }

    @Test func `protoc reads and writes every kind of field as we do`() throws {
        let text = try passesThrough(Samples.singular)
        #expect(text.contains("an_int64: -9223372036854775808"))
        #expect(text.contains("an_sint32: -2147483648"))
        #expect(text.contains("a_state: -9"))
        #expect(text.contains("a_float: 3.25"))
    }

    @Test func `protoc reads and writes every kind of repeated field as we do`() throws {
        let text = try passesThrough(Samples.repeated)
        #expect(text.contains("states: FIXTURE_STATE_OPEN"))
    }

    @Test(arguments: Samples.payloads)
    func `protoc reads and writes a oneof as we do`(payload: Choices.Payload?) throws {
        _ = try passesThrough(Choices(before: "b", payload: payload, after: "a"))
    }
}
