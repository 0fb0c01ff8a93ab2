// SPDX-License-Identifier: Apache-2.0

import TTRPC
import TTRPCServices
import Testing

@Suite("ttrpc.reflection.v1.Reflection")
struct UnaryReflectionTests {
    private static let health = "grpc.health.v1.Health"
    private static let services = [
        health, "grpc.reflection.v1.ServerReflection", "no.Descriptor",
        "ttrpc.reflection.v1.Reflection",
    ]

    private func withReflection(
        _ body: (ReflectionClient) async throws -> Void
    ) async throws {
        var registry = ServiceRegistry()
        HealthService(board: HealthBoard()).register(in: &registry)
        registry.addUnary(
            MethodDescriptor(service: "no.Descriptor", name: "M", kind: .unary)
        ) { (_: HealthCheckRequest, _, reply: UnaryReply<HealthCheckResponse>) in
            reply.succeed(HealthCheckResponse())
        }
        // The same files twice, as two contracts that share imports have them.
        ReflectionService(files: ServiceDescriptors.files + ServiceDescriptors.files)
            .register(in: &registry)
        try await withServer(registry) { try await body(ReflectionClient($0)) }
    }

    @Test func `lists every service of the server, itself too, with its file`() async throws {
        try await withReflection { client in
            let list = try await client.listServices(ListServicesRequest()).services
            #expect(list.map(\.name) == Self.services)
            #expect(
                list.map(\.file) == [
                    "grpc/health/v1/health.proto", "grpc/reflection/v1/reflection.proto", "",
                    "ttrpc/reflection/v1/reflection.proto",
                ])
        }
    }

    @Test func `gives the files of one service or of all, each once`() async throws {
        try await withReflection { client in
            let one = try await client.getFileDescriptorSet(
                GetFileDescriptorSetRequest(service: Self.health))
            #expect(one.services == [Self.health])
            #expect(one.file.count == 1 && ServiceDescriptors.files.contains(one.file[0]))
            let all = try await client.getFileDescriptorSet(GetFileDescriptorSetRequest())
            #expect(all.services == Self.services.filter { $0 != "no.Descriptor" })
            #expect(all.file == ServiceDescriptors.files)
        }
    }

    @Test(arguments: ["x.Y", "no.Descriptor", "grpc.health.v1.HealthCheckRequest"])
    func `a service that is not there, or has no files, is NOT_FOUND`(name: String) async throws {
        try await withReflection { client in
            let error = await #expect(throws: RPCError.self) {
                try await client.getFileDescriptorSet(GetFileDescriptorSetRequest(service: name))
            }
            #expect(error?.code == .notFound)
        }
    }
}
