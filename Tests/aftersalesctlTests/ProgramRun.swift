// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What one run of a program left.
struct ProgramRun: CustomStringConvertible {
    var status: Int32
    var output: String
    var error: String

    var description: String {
        "exit status \(status)\n--- output\n\(output)--- error\n\(error)"
    }
}

func aftersalesctl(
    _ arguments: String..., input: String = "", environment: [String: String] = [:]
) async throws -> ProgramRun {
    try await run(program, arguments, input: input, environment: environment)
}

func aftersalesctl(_ arguments: [String]) async throws -> ProgramRun {
    try await run(program, arguments)
}

/// Runs a shell command in which `aftersalesctl` is the built program.
func shell(_ command: String, socket: String) async throws -> ProgramRun {
    let folder = program.deletingLastPathComponent().path(percentEncoded: false)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return try await run(
        URL(filePath: "/bin/sh"), ["-c", command],
        environment: ["PATH": "\(folder):\(path)", "AFTERSALES_SOCKET": socket])
}

/// The program beside the test bundle.
private let program = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "aftersalesctl")

/// Runs a program to its end; its streams are files, so that none can fill up and block.
private func run(
    _ program: URL, _ arguments: [String], input: String = "",
    environment: [String: String] = [:]
) async throws -> ProgramRun {
    let folder = FileManager.default.temporaryDirectory
        .appending(path: "aftersalesctl-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["in", "out", "err"].map { folder.appending(path: $0) }
    try Data(input.utf8).write(to: files[0])
    for file in files.dropFirst() { try Data().write(to: file) }

    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
        process.terminationHandler = { _ in ended.resume() }
        do {
            try process.run()
        } catch {
            process.terminationHandler = nil
            ended.resume(throwing: error)
        }
    }
    return ProgramRun(
        status: process.terminationStatus,
        output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
        error: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
}
