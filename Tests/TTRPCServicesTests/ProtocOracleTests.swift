// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProtobufC
import TTRPC
import TTRPCServices
import Testing

@Suite(
    "Reflection as protoc reads it",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/protoc")))
struct ProtocOracleTests {
    /// What a server with health and reflection replies.
    private func reply() async throws -> [UInt8] {
        var registry = ServiceRegistry()
        HealthService(board: HealthBoard()).register(in: &registry)
        ReflectionService(files: ServiceDescriptors.files).register(in: &registry)
        var bytes: [UInt8] = []
        try await withServer(registry) { client in
            bytes = try await ReflectionClient(client).getFileDescriptorSet(
                GetFileDescriptorSetRequest()
            ).encoded()
        }
        return bytes
    }

    @Test func `the reply is a FileDescriptorSet, comments included`() async throws {
        let output = try run(
            ["--decode=google.protobuf.FileDescriptorSet", "google/protobuf/descriptor.proto"],
            input: try await reply())
        let text = String(decoding: output, as: UTF8.self)
        for line in [
            #"name: "grpc/health/v1/health.proto""#, #"name: "ServerReflectionInfo""#,
            #"leading_comments: " Tells whether the server serves calls.\n""#,
            #"1000: "grpc.health.v1.Health""#,
        ] {
            #expect(text.contains(line), "\(line)")
        }
    }

    @Test func `protoc compiles with the reply instead of proto files`() async throws {
        let set = FileManager.default.temporaryDirectory
            .appending(path: "ttrpc-services-\(UUID().uuidString).pb")
        try Data(try await reply()).write(to: set)
        defer { try? FileManager.default.removeItem(at: set) }
        let output = try run(
            [
                "--descriptor_set_in=\(set.path(percentEncoded: false))",
                "--encode=grpc.health.v1.HealthListResponse", "grpc/health/v1/health.proto",
            ],
            input: Array(#"statuses { key: "" value { status: NOT_SERVING } }"#.utf8))
        let list = HealthListResponse(statuses: [
            .init(key: "", value: HealthCheckResponse(status: .notServing))
        ])
        #expect(output == list.encoded())
    }

    /// Runs protoc to its end; its streams are files, so that none can fill up and block.
    private func run(_ arguments: [String], input: [UInt8]) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "ttrpc-services-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = (folder.appending(path: "in"), folder.appending(path: "out"))
        try Data(input).write(to: files.0)
        try Data().write(to: files.1)
        let protoc = Process()
        protoc.executableURL = URL(filePath: "/usr/bin/protoc")
        protoc.arguments = arguments
        if !arguments.contains(where: { $0.hasPrefix("--descriptor_set_in") }) {
            protoc.arguments?.append("-I/usr/include")
        }
        protoc.standardInput = try FileHandle(forReadingFrom: files.0)
        protoc.standardOutput = try FileHandle(forWritingTo: files.1)
        try protoc.run()
        protoc.waitUntilExit()
        #expect(protoc.terminationStatus == 0)
        return [UInt8](try Data(contentsOf: files.1))
    }
}
