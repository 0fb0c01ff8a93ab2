// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import TTRPC
import Testing

@Suite struct HealthServiceTests {
    private func withClient(_ body: (any RPCClient) async throws -> Void) async throws {
        var registry = ProbeService().registry()
        HealthService(services: registry.services) { $0 == "a.B" ? .notServing : .serving }
            .register(in: &registry)
        let server = Server(services: registry)
        let path = temporarySocketPath()
        try await server.listen(at: path)
        try await body(Client(path: path))
        await server.drain(grace: .zero)
    }

    @Test(arguments: [("", ServingStatus.serving), ("a.B", .notServing)])
    func `Check tells the status of the server and of a service`(
        service: String, status: ServingStatus
    ) async throws {
        try await withClient { client in
            let request = HealthCheckRequest(service: service)
            let response: HealthCheckResponse = try await client.unary(
                HealthService.check, request)
            #expect(response.status == status)
        }
    }

    @Test func `Check of an unknown service is NOT_FOUND`() async throws {
        try await withClient { client in
            let error = await #expect(throws: RPCError.self) {
                let _: HealthCheckResponse = try await client.unary(
                    HealthService.check, HealthCheckRequest(service: "x.Y"))
            }
            #expect(error?.code == .notFound)
            let list: HealthListResponse = try await client.unary(
                HealthService.list, HealthListRequest())
            #expect(list.statuses == ["": .serving, "a.B": .notServing])
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
        let list = HealthListResponse(statuses: ["b": .serving, "": .notServing, "a": .unknown])
        let bytes = list.encoded()
        #expect(bytes == hex("0a06 0a00 1202 0802  0a05 0a0161 1200  0a07 0a0162 1202 0801"))
        #expect(try HealthListResponse.decode(bytes.span) == list)
    }

    @Test func `a service name that is not UTF-8 is told by its field`() {
        #expect(throws: DecodeError(.invalidUTF8, field: "service")) {
            _ = try HealthCheckRequest.decode([0x0a, 1, 0xff].span)
        }
    }
}
