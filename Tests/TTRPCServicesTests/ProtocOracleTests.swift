// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProtobufC
import TTRPC
import TTRPCServices
import Testing

@Suite("Reflection as protoc reads it")
struct ProtocOracleTests {
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/protoc")))
    func `protoc reads the reply as a FileDescriptorSet, comments included`() async throws {
        var registry = ServiceRegistry()
        HealthService(board: HealthBoard()).register(in: &registry)
        ReflectionService(files: ServiceDescriptors.files).register(in: &registry)
        try await withServer(registry) { client in
            let reply = try await ReflectionClient(client).getFileDescriptorSet(
                GetFileDescriptorSetRequest())
            let text = try decode(reply.encoded())
            for line in [
                #"name: "grpc/health/v1/health.proto""#, #"name: "ServerReflectionInfo""#,
                #"leading_comments: " Tells whether the server serves calls.\n""#,
                #"1000: "grpc.health.v1.Health""#,
            ] {
                #expect(text.contains(line), "\(line)")
            }
        }
    }

    /// A `google.protobuf.FileDescriptorSet` as protoc's text.
    private func decode(_ bytes: [UInt8]) throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "ttrpc-services-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (input, output) = (folder.appending(path: "in"), folder.appending(path: "out"))
        try Data(bytes).write(to: input)
        try Data().write(to: output)
        let protoc = Process()
        protoc.executableURL = URL(filePath: "/usr/bin/protoc")
        protoc.arguments = [
            "--decode=google.protobuf.FileDescriptorSet", "-I/usr/include",
            "google/protobuf/descriptor.proto",
        ]
        protoc.standardInput = try FileHandle(forReadingFrom: input)
        protoc.standardOutput = try FileHandle(forWritingTo: output)
        try protoc.run()
        protoc.waitUntilExit()
        #expect(protoc.terminationStatus == 0)
        return String(decoding: try Data(contentsOf: output), as: UTF8.self)
    }
}
