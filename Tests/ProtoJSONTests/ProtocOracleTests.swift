// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ProtoJSON

/// protoc knows the wire format and its text format, not JSON: so a message goes in as JSON here
/// and as text there, and must come out as the same bytes.
@Suite("Beside protoc", .enabled(if: Protoc.isInstalled))
struct ProtocOracleTests {
    private static let arguments = ["-I", Protoc.fixtures, "-I", "/usr/include", "kinds.proto"]

    @Test func `the fixture is what protoc makes of kinds.proto`() throws {
        let compiled = try Protoc.run(
            ["-I", Protoc.fixtures, "-I", "/usr/include", "--include_source_info"]
                + ["--descriptor_set_out=/dev/stdout", "kinds.proto"])
        #expect(try filesOfDescriptorSet(compiled) == [Kinds.files[Kinds.files.count - 1]])
    }

    @Test(arguments: [
        (#"{"doubleValue":-0}"#, "double_value: -0"),
        (#"{"doubleValue":1e+300}"#, "double_value: 1e300"),
        (#"{"floatValue":0.1}"#, "float_value: 0.1"),
        (#"{"int32Value":-1}"#, "int32_value: -1"),
        (#"{"int64Value":"-9223372036854775808"}"#, "int64_value: -9223372036854775808"),
        (#"{"uint64Value":"18446744073709551615"}"#, "uint64_value: 18446744073709551615"),
        (#"{"sint32Value":-2147483648}"#, "sint32_value: -2147483648"),
        (#"{"sint64Value":"-9223372036854775808"}"#, "sint64_value: -9223372036854775808"),
        (#"{"fixed32Value":7,"fixed64Value":"8"}"#, "fixed32_value: 7 fixed64_value: 8"),
        (#"{"sfixed32Value":-7,"sfixed64Value":"-8"}"#, "sfixed32_value: -7 sfixed64_value: -8"),
        (#"{"boolValue":true,"stringValue":"é\n"}"#, #"bool_value: true string_value: "é\n""#),
        (#"{"bytesValue":"AP8="}"#, #"bytes_value: "\000\377""#),
        (#"{"color":"COLOR_NEGATIVE","colors":[1,0]}"#, "color: -1 colors: [COLOR_RED, 0]"),
        (#"{"child":{"packed":[1,-1],"unpacked":[1,2]}}"#, "child{packed:[1,-1] unpacked:[1,2]}"),
        (#"{"children":[{},{"name":"a"}]}"#, #"children {} children { name: "a" }"#),
        (#"{"counts":{"a":"0"}}"#, #"counts { key: "a" value: 0 }"#),
        (#"{"words":{"false":""}}"#, #"words { key: false value: "" }"#),
        (#"{"chosenNumber":0,"presentText":""}"#, #"chosen_number: 0 present_text: """#),
        (#"{"time":"1969-12-31T23:59:59.5Z"}"#, "time { seconds: -1 nanos: 500000000 }"),
        (#"{"time":"2026-05-01T09:30:00Z"}"#, "time { seconds: 1777627800 }"),
        (#"{"time":"9999-12-31T23:59:59Z"}"#, "time { seconds: 253402300799 }"),
        (#"{"time":"0001-01-01T00:00:00Z"}"#, "time { seconds: -62135596800 }"),
        (#"{"duration":"-1.25s"}"#, "duration { seconds: -1 nanos: -250000000 }"),
        (#"{"mask":"a,bC"}"#, #"mask { paths: "a" paths: "b_c" }"#),
        (
            #"{"int64Wrapper":"0","stringWrapper":"a"}"#,
            #"int64_wrapper{} string_wrapper{value:"a"}"#
        ),
        (
            #"{"any":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"}}"#,
            "any { [type.googleapis.com/google.protobuf.Duration] { seconds: 1 } }"
        ),
    ])
    func `JSON here and text there are the same bytes`(json: String, text: String) throws {
        let theirs = try Protoc.run(
            ["--encode=kinds.v1.Kinds", "--deterministic_output"] + Self.arguments,
            input: Array(text.utf8))
        #expect(try hex(Kinds.encode(json)) == hex(theirs))
    }

    /// Goal: encoding is what protobuf's own deterministic encoder writes.
    ///
    /// Method: random messages
    /// of every type of the contract, through JSON to bytes, through protoc to text and back.
    @Test(.enabled(if: !Protoc.contractFiles.isEmpty))
    func `protoc reads every message of the contract and writes the same bytes`() throws {
        let files = Protoc.contractFiles
        let schema = try Schema(
            files: Protoc.descriptors(of: files, in: Protoc.contract))
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomJSON(schema: schema, seed: seed)
        let arguments = ["-I", Protoc.contract, "-I", "/usr/include"] + files
        let methods = schema.services.flatMap(\.methods)
        for method in [methods.first, methods.randomElement(using: &random.generator)] {
            guard let type = method?.input else { continue }
            let bytes = try schema.encode(random.message(type), as: type)
            let text = try Protoc.run(["--decode=\(type)"] + arguments, input: bytes)
            let again = try Protoc.run(
                ["--encode=\(type)", "--deterministic_output"] + arguments, input: text)
            #expect(hex(again) == hex(bytes), "\(type), seed \(seed)")
        }
    }
}
