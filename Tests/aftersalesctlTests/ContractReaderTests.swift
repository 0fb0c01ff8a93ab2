// SPDX-License-Identifier: Apache-2.0

import ProtoJSON
import ProtobufC
import Synchronization
import TTRPC
import Testing

@testable import TTRPCServices
@testable import aftersalesctl

@Suite("Learning a server's contract")
struct ContractReaderTests {
    /// The streamed reflection of a server of these files, and how often it was asked.
    private final class Streamed: Sendable {
        let asked = Mutex(0)
        let files: [[UInt8]]
        let known: [[UInt8]]

        /// - Parameters:
        ///   - files: that it finds by what they declare.
        ///   - known: that it finds by their names alone.
        init(files: [[UInt8]], known: [[UInt8]] = []) {
            (self.files, self.known) = (files, known)
        }

        var calls: StreamCalls {
            var calls = StreamCalls.none
            calls.reflection = { requests, _ throws(RPCError) in try self.answer(requests) }
            return calls
        }

        private func answer(
            _ requests: [ServerReflectionRequest]
        ) throws(RPCError) -> [ServerReflectionResponse] {
            asked.withLock { $0 += 1 }
            guard let catalog = try? DescriptorCatalog(files: files),
                let names = try? DescriptorCatalog(files: known)
            else { throw RPCError(.internal) }
            var declared = ReflectionConversation(
                services: ["toy.v1.Toy", "toy.v1.Bare"], catalog: catalog)
            var named = ReflectionConversation(services: [], catalog: names)
            return requests.map { request in
                if case .fileByFilename = request.messageRequest { return named.answer(request) }
                return declared.answer(request)
            }
        }
    }

    private func read(
        _ path: String, _ streams: StreamCalls = .none, embedded: [[UInt8]] = []
    ) async throws -> Contract {
        try await ContractReader(
            client: Client(path: path), options: CallOptions(), streams: streams,
            embedded: embedded
        ).read()
    }

    @Test func `asks in unary calls first`() async throws {
        let streamed = Streamed(files: [])
        try await Toy.serve { path in
            let contract = try await read(path, streamed.calls)
            #expect(contract.origin == .server && streamed.asked.withLock { $0 } == 0)
            #expect(contract.services.contains("toy.v1.Bare"))
            #expect(try contract.method("toy.v1.Toy/Echo").output == "toy.v1.Text")
        }
    }

    @Test func `asks in a stream if there is no unary reflection`() async throws {
        let streamed = Streamed(files: Toy.files)
        try await Toy.serve(hasReflection: false) { path in
            let contract = try await read(path, streamed.calls)
            #expect(contract.origin == .server)
            #expect(contract.services == ["toy.v1.Bare", "toy.v1.Toy"])
            #expect(try contract.method("Toy.Echo").input == "toy.v1.Text")
        }
    }

    @Test func `asks for imports that the answer leaves out, by their names`() async throws {
        let streamed = Streamed(files: [Toy.toyFile], known: [Toy.textFile])
        try await Toy.serve(hasReflection: false) { path in
            let contract = try await read(path, streamed.calls)
            #expect(contract.schema.message(named: "toy.v1.Text") != nil)
            #expect(streamed.asked.withLock { $0 } == 3)
        }
    }

    @Test func `an import that the server has not is a server without a contract`() async throws {
        let streamed = Streamed(files: [Toy.toyFile])
        try await Toy.serve(hasReflection: false) { path in
            let error = await #expect(throws: ContractError.self) {
                _ = try await read(path, streamed.calls)
            }
            #expect(error?.code == "DESCRIPTORS" && error?.exitStatus == .failure)
        }
    }

    @Test(arguments: [false, true])
    func `without reflection, or refused it, there is what is embedded, and says so`(
        isRefused: Bool
    ) async throws {
        try await Toy.serve(isReflectionRefused: isRefused, hasReflection: false) { path in
            let contract = try await read(path, embedded: Toy.files + Toy.files)
            #expect(contract.origin == .program && contract.services == ["toy.v1.Toy"])
            let error = #expect(throws: ContractError.self) { try contract.method("x.Y/Z") }
            #expect(error?.message.contains("tells no contract") == true)
        }
    }

    @Test func `a name that may mean several things is refused with all of them`() throws {
        let contract = try Contract.embedded(Session.embeddedFiles)
        let error = #expect(throws: ContractError.self) { try contract.symbol("LeaseTasks") }
        #expect(error?.code == "AMBIGUOUS_NAME" && error?.exitStatus == .usage)
        #expect(error?.message.contains("aftersales.v1.WarehouseService.LeaseTasks") == true)
        #expect(try contract.method("WarehouseService/LeaseTasks").name == "LeaseTasks")
    }

    @Test func `a declaration is shown as proto, and cannot steer the terminal`() throws {
        let contract = try Contract.embedded(Session.embeddedFiles)
        let text = ProtoText.lines(
            of: try contract.symbol("grpc.reflection.v1.ErrorResponse"), in: contract.schema)
        #expect(
            text == [
                "// Why a question has no answer.",
                "message grpc.reflection.v1.ErrorResponse {",
                "  // A canonical status code, such as 5 for NOT_FOUND.",
                "  int32 error_code = 1;", "",
                "  // A sentence for the developer who reads it.",
                "  string error_message = 2;", "}",
            ])
        let request = ProtoText.lines(
            of: try contract.symbol("ServerReflectionRequest"), in: contract.schema)
        #expect(request.contains("  oneof message_request {"))
        #expect(
            request.suffix(4) == [
                "    // The names of all services; the content is not looked at.",
                "    string list_services = 7;", "  }", "}",
            ])
        let hostile = Array("echo\u{1B}[2J".utf8)
        var file = WireWriter(capacity: 64)
        file.writeString("f", field: 1)
        file.writeBytes([0x0a, UInt8(hostile.count)] + hostile, field: 4)
        let schema = try Schema(files: [file.finish()])
        let shown = ProtoText.lines(of: .message(schema.messageTypes[0]), in: schema)
        #expect(shown == [#"message echo\u{1b}[2J {}"#])
    }
}
