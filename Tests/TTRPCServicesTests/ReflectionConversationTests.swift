// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import TTRPC
import Testing

@testable import TTRPCServices

@Suite("grpc.reflection.v1.ServerReflection")
struct ReflectionConversationTests {
    private static let reflectionFile = "grpc/reflection/v1/reflection.proto"

    /// The answers to some questions on one stream, through the handler itself.
    private func ask(
        _ questions: [ServerReflectionRequest.MessageRequest?],
        files: [[UInt8]] = ServiceDescriptors.files
    ) async throws -> [ServerReflectionResponse] {
        let requests = questions.map { ServerReflectionRequest(host: "h", messageRequest: $0) }
        let (items, source) = AsyncStream.makeStream(of: [UInt8].self)
        for request in requests { source.yield(request.encoded()) }
        source.finish()
        let stream = MessageStream<ServerReflectionRequest> {
            var iterator = items.makeAsyncIterator()
            return await iterator.next()
        }
        let (answers, sink) = AsyncStream.makeStream(of: [UInt8].self)
        let writer = ResponseWriter<ServerReflectionResponse> { sink.yield($0) }
        let handler = StreamReflection(services: ["a.B"], source: CatalogSource { files })
        try await handler.serverReflectionInfo(
            stream, serverCall(ServerReflectionMethod.serverReflectionInfo), writer)
        sink.finish()
        var responses: [ServerReflectionResponse] = []
        for await bytes in answers {
            responses.append(try ServerReflectionResponse.decode(bytes.span))
        }
        #expect(responses.map(\.originalRequest) == requests)
        #expect(responses.allSatisfy { $0.validHost == "h" })
        return responses
    }

    private func fileNames(_ response: ServerReflectionResponse?) throws -> [String] {
        guard case .fileDescriptorResponse(let files) = response?.messageResponse else {
            Issue.record("no files: \(String(describing: response))")
            return []
        }
        return try files.fileDescriptorProto.map { try DeclarationScan($0).name }
    }

    private func code(_ response: ServerReflectionResponse?) -> StatusCode? {
        guard case .errorResponse(let error) = response?.messageResponse else { return nil }
        return StatusCode(rawValue: error.errorCode)
    }

    @Test func `lists the services`() async throws {
        let answer = try await ask([.listServices("")]).first
        #expect(
            answer?.messageResponse
                == .listServicesResponse(
                    ListServiceResponse(service: [ServiceResponse(name: "a.B")])))
    }

    @Test(arguments: [
        "grpc.reflection.v1.ServerReflection",
        "grpc.reflection.v1.ServerReflection.ServerReflectionInfo",
        "grpc.reflection.v1.ErrorResponse", "grpc.reflection.v1.ErrorResponse.error_code",
        "grpc.reflection.v1.ServerReflectionRequest.message_request",
    ])
    func `finds a file by its name and by what it declares`(symbol: String) async throws {
        let answers = try await ask([
            .fileByFilename(Self.reflectionFile), .fileContainingSymbol(symbol),
        ])
        for answer in answers { #expect(try fileNames(answer) == [Self.reflectionFile]) }
        guard case .fileDescriptorResponse(let files) = answers.first?.messageResponse else {
            return
        }
        #expect(files.fileDescriptorProto.allSatisfy(ServiceDescriptors.files.contains))
    }

    @Test(
        arguments: [
            .fileByFilename("no/such.proto"), .fileContainingSymbol("grpc.health.v1.Nope"),
            .fileContainingSymbol(""), .fileContainingSymbol("grpc.health.v1"),
            .fileContainingExtension(
                ExtensionRequest(containingType: "grpc.health.v1.HealthCheckRequest")),
            .allExtensionNumbersOfType("no.Such"),
        ] as [ServerReflectionRequest.MessageRequest])
    func `what is not there is NOT_FOUND, and the stream goes on`(
        question: ServerReflectionRequest.MessageRequest
    ) async throws {
        let answers = try await ask([question, .fileContainingSymbol("grpc.health.v1.Health")])
        #expect(code(answers.first) == .notFound)
        #expect(try fileNames(answers.last) == ["grpc/health/v1/health.proto"])
    }

    @Test func `a request without a question is UNIMPLEMENTED, and the stream goes on`()
        async throws
    {
        let answers = try await ask([nil, .listServices("*")])
        #expect(code(answers.first) == .unimplemented && code(answers.last) == nil)
    }

    @Test func `sends the file first, then its imports, and no import twice`() async throws {
        let files = [
            file("base"), file("left", imports: ["base"]), file("right", imports: ["base"]),
            file("top", imports: ["left", "right", "missing"]),
        ]
        let answers = try await ask(
            [.fileByFilename("left"), .fileByFilename("top"), .fileByFilename("left")],
            files: files)
        #expect(try answers.map(fileNames) == [["left", "base"], ["top", "right"], ["left"]])
    }

    @Test func `extensions are found by message and number`() async throws {
        // extend x.M { int32 e = 7; }, as a file and inside a message.
        let extended = declaration(2, ".x.M") + [0x18, 7]
        let files = [
            file("outer", extra: declaration(7, declaration(1, "e") + extended)),
            file(
                "inner",
                extra: declaration(
                    4, declaration(1, "N") + declaration(6, declaration(2, ".x.M") + [0x18, 5]))),
        ]
        let answers = try await ask(
            [
                .fileContainingExtension(
                    ExtensionRequest(containingType: "x.M", extensionNumber: 5)),
                .allExtensionNumbersOfType("x.M"), .allExtensionNumbersOfType("N"),
            ], files: files)
        #expect(try fileNames(answers.first) == ["inner"])
        let numbers = answers.dropFirst().map(\.messageResponse)
        #expect(
            numbers == [
                .allExtensionNumbersResponse(
                    ExtensionNumberResponse(baseTypeName: "x.M", extensionNumber: [5, 7])),
                .allExtensionNumbersResponse(ExtensionNumberResponse(baseTypeName: "N")),
            ])
    }

    @Test func `descriptors that are none are INTERNAL`() async {
        let error = await #expect(throws: RPCError.self) {
            _ = try await ask([.listServices("")], files: [[0x0a, 9]])
        }
        #expect(error?.code == .internal)
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `damaged descriptors are refused or read, and never more than that`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        for file in ServiceDescriptors.files {
            var bytes = file
            for _ in 0...random.next(below: 8) {
                bytes[random.next(below: bytes.count)] = UInt8(truncatingIfNeeded: random.next())
            }
            bytes.removeLast(random.next(below: 4))
            _ = try? DeclarationScan(bytes)
        }
    }

    @Test(arguments: [(DecodeLimits.standard.depthMax, true), (32 + 1, false)])
    func `messages nest as deep as a decoder allows`(depth: Int, isRead: Bool) {
        var message = declaration(1, "m")
        for _ in 1..<depth { message = declaration(1, "m") + declaration(3, message) }
        let scan = try? DeclarationScan(file("deep", extra: declaration(4, message)))
        #expect((scan?.symbols.count == depth) == isRead)
    }

    /// A `FileDescriptorProto`.
    private func file(_ name: String, imports: [String] = [], extra: [UInt8] = []) -> [UInt8] {
        declaration(1, name) + imports.flatMap { declaration(3, $0) } + extra
    }

    private func declaration(_ field: Int, _ text: String) -> [UInt8] {
        declaration(field, Array(text.utf8))
    }

    private func declaration(_ field: Int, _ content: [UInt8]) -> [UInt8] {
        var writer = WireWriter(capacity: content.count + 6)
        writer.writeBytes(content, field: field)
        return writer.finish()
    }
}
