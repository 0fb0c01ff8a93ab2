// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import TTRPC
import TTRPCServices
import Testing

@Suite("grpc.health.v1.Health")
struct HealthServiceTests {
    private func withClient(_ body: (HealthClient) async throws -> Void) async throws {
        let board = HealthBoard(services: ["a.B"], status: .serving)
        board.set(.notServing, for: "a.B")
        var registry = ServiceRegistry()
        HealthService(board: board).register(in: &registry)
        try await withServer(registry) { try await body(HealthClient($0)) }
    }

    @Test(arguments: [("", ServingStatus.serving), ("a.B", .notServing)])
    func `Check tells the status of the server and of a service`(
        service: String, status: ServingStatus
    ) async throws {
        try await withClient { client in
            let response = try await client.check(HealthCheckRequest(service: service))
            #expect(response.status == status)
        }
    }

    @Test func `Check of an unknown service is NOT_FOUND, and List tells the known ones`()
        async throws
    {
        try await withClient { client in
            let error = await #expect(throws: RPCError.self) {
                try await client.check(HealthCheckRequest(service: "x.Y"))
            }
            #expect(error?.code == .notFound)
            #expect(error?.detail(ErrorInfo.self)?.reason == "NO_SUCH_SERVICE")
            let list = try await client.list(HealthListRequest())
            #expect(list == Self.list(("", .serving), ("a.B", .notServing)))
        }
    }

    @Test(arguments: [
        (HealthService.listedServicesMax, true), (HealthService.listedServicesMax + 1, false),
    ])
    func `List is held to its limit`(count: Int, isListed: Bool) {
        // The server as a whole is one of them.
        let board = HealthBoard(services: (1..<count).map { "s\($0)" }, status: .serving)
        let outcome = outcome(of: HealthListResponse.self) { call, reply in
            HealthService(board: board).list(HealthListRequest(), call, reply)
        }
        switch outcome {
        case .success(let response): #expect(isListed && response.statuses.count == count)
        case .failure(let error): #expect(!isListed && error.code == .resourceExhausted)
        }
    }

    @Test func `Check's bytes are those of its proto`() throws {
        #expect(HealthCheckRequest(service: "a").encoded() == [0x0a, 1, 0x61])
        #expect(HealthCheckRequest().encoded() == [])
        #expect(HealthCheckResponse(status: .serving).encoded() == [8, 1])
        #expect(HealthCheckResponse().encoded() == [])
        let minusOne = HealthCheckResponse(status: .unrecognized(-1))
        #expect(minusOne.encoded().count == 11)
        #expect(try HealthCheckResponse.decode(minusOne.encoded().span) == minusOne)
    }

    @Test func `List's bytes are sorted by service and decode to the same`() throws {
        let list = Self.list(("b", .serving), ("", .notServing), ("a", .unknown))
        let bytes = list.encoded()
        #expect(bytes == hex("0a06 0a00 1202 0802  0a05 0a0161 1200  0a07 0a0162 1202 0801"))
        let decoded = try HealthListResponse.decode(bytes.span)
        #expect(decoded == Self.list(("", .notServing), ("a", .unknown), ("b", .serving)))
    }

    @Test func `a service name that is not UTF-8 is told by its field`() {
        #expect(throws: DecodeError(.invalidUTF8, field: "service")) {
            _ = try HealthCheckRequest.decode([0x0a, 1, 0xff].span)
        }
    }

    private static func list(_ statuses: (String, ServingStatus)...) -> HealthListResponse {
        HealthListResponse(
            statuses: statuses.map { service, status in
                HealthListResponse.StatusesEntry(
                    key: service, value: HealthCheckResponse(status: status))
            })
    }
}
