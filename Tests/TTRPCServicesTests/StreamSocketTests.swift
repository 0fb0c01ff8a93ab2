// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import TTRPC
import TTRPCServices
import Testing

/// Watch and ServerReflectionInfo as frames on a socket.
@Suite("Streams of health and reflection on the wire")
struct StreamSocketTests {
    private func withSocket(
        _ board: HealthBoard, _ body: (RawSocket, Server) async throws -> Void
    ) async throws {
        var registry = ServiceRegistry()
        HealthService(board: board).register(in: &registry)
        ReflectionService(files: ServiceDescriptors.files).register(in: &registry)
        try await withServer(registry) { path, server in
            try await body(try RawSocket(path: path), server)
        }
    }

    private func nextStatus(_ socket: RawSocket) throws -> ServingStatus? {
        guard let frame = try socket.receive(), frame.type == 3, !frame.isLast else { return nil }
        return try HealthCheckResponse.decode(frame.payload.span).status
    }

    @Test func `Watch sends each change, and the drain ends it with UNAVAILABLE`() async throws {
        let board = HealthBoard(services: ["a.B"], status: .serving)
        try await withSocket(board) { socket, server in
            socket.call(
                HealthMethod.watch, flags: 1, HealthCheckRequest(service: "a.B").encoded())
            #expect(try nextStatus(socket) == .serving)
            board.set(.notServing, for: "a.B")
            #expect(try nextStatus(socket) == .notServing)
            board.set(.serving, for: "a.B")
            #expect(try nextStatus(socket) == .serving)
            let drain = Task { await server.drain(grace: .seconds(10)) }
            let last = try #require(try socket.receive())
            #expect(last.type == 2)
            // Response { status { code } }
            var response = WireReader(last.payload.span)
            #expect(try response.nextField()?.number == 1)
            var status = WireReader(last.payload.span, in: try response.lengthDelimited())
            #expect(try status.nextField()?.number == 1)
            #expect(try status.varint() == UInt64(StatusCode.unavailable.rawValue))
            await drain.value
            #expect(board.watchCount == 0)
        }
    }

    @Test func `a watch of an unknown service goes on`() async throws {
        let board = HealthBoard()
        try await withSocket(board) { socket, _ in
            socket.call(HealthMethod.watch, flags: 1, HealthCheckRequest(service: "x").encoded())
            let first = try nextStatus(socket)
            board.set(.serving, for: "x")
            let second = try nextStatus(socket)
            #expect(first == .serviceUnknown && second == .serving)
        }
    }

    @Test func `reflection answers item by item and ends with its client's stream`()
        async throws
    {
        try await withSocket(HealthBoard()) { socket, _ in
            socket.call(ServerReflectionMethod.serverReflectionInfo, flags: 2)
            let questions: [ServerReflectionRequest.MessageRequest] = [
                .listServices(""), .fileContainingSymbol("grpc.health.v1.Health"),
                .fileByFilename("nope"),
            ]
            var answers: [ServerReflectionResponse.MessageResponse?] = []
            for question in questions {
                let request = ServerReflectionRequest(messageRequest: question)
                socket.send(type: 3, flags: 0, request.encoded())
                let frame = try #require(try socket.receive())
                #expect(frame.type == 3)
                let response = try ServerReflectionResponse.decode(frame.payload.span)
                #expect(response.originalRequest == request)
                answers.append(response.messageResponse)
            }
            guard case .listServicesResponse(let list) = answers[0],
                case .fileDescriptorResponse(let files) = answers[1],
                case .errorResponse(let error) = answers[2]
            else {
                Issue.record("\(answers)")
                return
            }
            #expect(list.service.map(\.name).contains("grpc.health.v1.Health"))
            #expect(files.fileDescriptorProto.allSatisfy(ServiceDescriptors.files.contains))
            #expect(error.errorCode == StatusCode.notFound.rawValue)
            socket.send(type: 3, flags: 5, [])
            #expect(try socket.receive() == RawSocket.Frame(type: 3, flags: 5, payload: []))
        }
    }
}
