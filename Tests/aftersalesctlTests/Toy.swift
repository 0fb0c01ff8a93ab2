// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProtobufC
import TTRPC

@testable import TTRPCServices

/// A server of a contract that the program was not built with.
enum Toy {
    /// Serves until `body` ends, which gets the socket's path.
    static func serve(
        isReflectionRefused: Bool = false, isReflectionStreamed: Bool = false,
        hasReflection: Bool = true,
        _ body: (String) async throws -> Void
    ) async throws {
        let path = "/tmp/aftersalesctl-toy-\(UUID().uuidString.prefix(8)).sock"
        var registry = ServiceRegistry()
        // On the wire toy.v1.Text is what HealthCheckRequest is: one string, number 1.
        for service in ["toy.v1.Toy", "toy.v1.Bare"] {
            registry.addUnary(MethodDescriptor(service: service, name: "Echo", kind: .unary)) {
                (request: HealthCheckRequest, _, reply: UnaryReply<HealthCheckRequest>) in
                reply.succeed(HealthCheckRequest(service: request.service + "!"))
            }
        }
        if hasReflection { ReflectionService(files: files).register(in: &registry) }
        if isReflectionStreamed {
            StreamReflection(services: ["toy.v1.Toy"], source: CatalogSource { files })
                .register(in: &registry)
        }
        if isReflectionRefused {
            registry.addUnary(ReflectionMethod.listServices) {
                (_: ListServicesRequest, _, reply: UnaryReply<ListServicesResponse>) in
                reply.fail(RPCError(.permissionDenied, "no role"))
            }
        }
        let server = Server(services: registry)
        try await server.listen(at: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            try await body(path)
        } catch {
            await server.drain(grace: .seconds(1))
            throw error
        }
        await server.drain(grace: .seconds(1))
    }

    /// `message Text { string text = 1; }` and `service Toy { rpc Echo(Text) returns (Text); }`,
    /// in two files as `google.protobuf.FileDescriptorProto`s.
    static var files: [[UInt8]] { [textFile, toyFile] }

    static var textFile: [UInt8] {
        // Number 1, optional, string.
        let text = field(1, "text") + [0x18, 1, 0x20, 1, 0x28, 9]
        return field(1, "toy/text.proto") + field(2, "toy.v1")
            + field(4, field(1, "Text") + field(2, text)) + field(12, "proto3")
    }

    static var toyFile: [UInt8] {
        let echo = field(1, "Echo") + field(2, ".toy.v1.Text") + field(3, ".toy.v1.Text")
        return field(1, "toy/toy.proto") + field(2, "toy.v1") + field(3, "toy/text.proto")
            + field(6, field(1, "Toy") + field(2, echo)) + field(12, "proto3")
    }

    private static func field(_ number: Int, _ text: String) -> [UInt8] {
        field(number, Array(text.utf8))
    }

    private static func field(_ number: Int, _ content: [UInt8]) -> [UInt8] {
        var writer = WireWriter(capacity: content.count + 6)
        writer.writeBytes(content, field: number)
        return writer.finish()
    }
}
