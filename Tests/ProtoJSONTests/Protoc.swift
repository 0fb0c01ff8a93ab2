// SPDX-License-Identifier: Apache-2.0

import Foundation

/// protoc of Debian's protobuf-compiler, where it is installed.
enum Protoc {
    static let isInstalled = FileManager.default.isExecutableFile(atPath: path)

    private static let path = "/usr/bin/protoc"
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()

    /// The folder of kinds.proto.
    static let fixtures = tests.appending(path: "Fixtures").path(percentEncoded: false)

    /// The folder of the contract.
    static let contract =
        tests.appending(path: "../../proto").standardized.path(percentEncoded: false)

    /// The contract's proto files, relative to its folder; none if it is not there.
    static let contractFiles: [String] = {
        let folder = contract + "/aftersales/v1"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".proto") }.sorted().map { "aftersales/v1/" + $0 }
    }()

    struct Failure: Error {
        var status: Int32
    }

    /// Runs protoc with `input` as its standard input, and gives what it writes.
    static func run(_ arguments: [String], input: [UInt8] = []) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "protoc-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (inputFile, outputFile) = (folder.appending(path: "in"), folder.appending(path: "out"))
        try Data(input).write(to: inputFile)
        try Data().write(to: outputFile)

        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(status: process.terminationStatus)
        }
        return [UInt8](try Data(contentsOf: outputFile))
    }

    /// The descriptors of proto files with all that they import.
    static func descriptors(of files: [String], in folder: String) throws -> [[UInt8]] {
        try filesOfDescriptorSet(
            run(
                ["-I", folder, "-I", "/usr/include", "--include_imports", "--include_source_info"]
                    + ["--descriptor_set_out=/dev/stdout"] + files))
    }
}
