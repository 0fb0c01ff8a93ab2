// SPDX-License-Identifier: Apache-2.0

import Glibc
import ProtobufC
import TTRPC
import TTRPCServices
import Testing

/// What the daemon tells of itself: its health, and its contract.
@Suite(.timeLimit(.minutes(5))) struct SelfDescriptionTests {
    private static let own = [
        "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection",
        "ttrpc.reflection.v1.Reflection",
    ]

    @Test func `each service serves, and the contract is told in full`() async throws {
        let stage = try await Stage()
        let health = HealthClient(stage.connection())
        let list = try await health.list(HealthListRequest()).statuses
        #expect(list.count == 14 && list.allSatisfy { $0.value?.status == .serving }, "\(list)")
        let order = HealthCheckRequest(service: "aftersales.v1.OrderService")
        #expect(try await health.check(order).status == .serving)
        let error = await #expect(throws: RPCError.self) {
            try await health.check(HealthCheckRequest(service: "aftersales.v1.Nope"))
        }
        #expect(error?.code == .notFound)

        let reflection = ReflectionClient(stage.connection())
        let services = try await reflection.listServices(ListServicesRequest()).services
        #expect(services.allSatisfy { !$0.file.isEmpty }, "\(services)")
        #expect(Set(services.map(\.name)) == Set(list.map(\.key)).subtracting([""]).union(Self.own))
        let files = try await reflection.getFileDescriptorSet(GetFileDescriptorSetRequest())
        let catalog = try DescriptorCatalog(files: files.file)
        #expect(catalog.files.count == files.file.count)
        for service in services {
            #expect(catalog.file(declaring: service.name)?.name == service.file)
        }
        #expect(try await stage.stop() == 0)
    }

    @Test(.enabled(if: geteuid() == 0))
    func `root reads the contract though it holds no role`() async throws {
        let stage = try await Stage(configuration: "roles:\n  storefront: { users: [daemon] }\n")
        let reflection = ReflectionClient(stage.connection())
        let services = try await reflection.listServices(ListServicesRequest()).services
        #expect(services.count == 16)
        #expect(try await stage.stop() == 0)
    }
}
