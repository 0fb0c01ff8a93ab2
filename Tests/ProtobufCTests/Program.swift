// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A program that a test runs to its end.
struct Program {
    let path: String

    /// What it wrote and how it ended.
    struct Outcome {
        let output: [UInt8]
        let errors: String
        let status: Int32
    }

    func run(_ arguments: [String], input: [UInt8] = []) throws -> Outcome {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("program-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        // Files instead of pipes: no buffer can fill up.
        let files = ["input", "output", "errors"].map { directory.appendingPathComponent($0) }
        try Data(input).write(to: files[0])
        try Data().write(to: files[1])
        try Data().write(to: files[2])
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        return Outcome(
            output: [UInt8](try Data(contentsOf: files[1])),
            errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self),
            status: process.terminationStatus)
    }

    static let protoc = Program(path: "/usr/bin/protoc")

    /// The plugin, built into the directory of the tests themselves.
    static var plugin: Program {
        let tests =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let directory = URL(fileURLWithPath: tests).deletingLastPathComponent()
        return Program(path: directory.appendingPathComponent("protoc-gen-swift-ttrpc").path)
    }

    var exists: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// Where the test protos lie.
    static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures").path
}
