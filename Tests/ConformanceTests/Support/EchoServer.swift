// SPDX-License-Identifier: Apache-2.0

import DaemonHarness
import EchoAPI
import Foundation
import TTRPC
import Testing

/// The programs of this build.
enum BuiltProgram {
    /// Path of the probe server: beside the test bundle, or what `TTRPC_ECHO` names.
    static let echo =
        ProcessInfo.processInfo.environment["TTRPC_ECHO"] ?? folder + "ttrpc-echo"

    /// The folder of the build, with the slash at its end.
    static let folder: String = {
        let path = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent().path(percentEncoded: false)
        return path.hasSuffix("/") ? path : path + "/"
    }()
}

/// A number that a long run sets from outside.
func setting(_ name: String, default value: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? value
}

/// A server of `ttrpcprobe.v1.Echo` in a process and a place of its own.
struct EchoServer {
    let process: DaemonProcess

    var socket: String { process.place.socket }
    var processID: Int64 { process.processID }

    /// Starts ours, which finds no peer too slow unless `arguments` say otherwise: a busy machine
    /// must not decide a test.
    static func start(_ arguments: [String] = []) async throws -> EchoServer {
        let patient = [
            "--write-stall", "3600000", "--first-frame", "3600000", "--started-frame", "3600000",
        ]
        return try await start(BuiltProgram.echo, patient + arguments)
    }

    /// Starts any server of the service.
    static func start(
        _ program: String, _ arguments: [String], in place: DaemonPlace? = nil
    ) async throws -> EchoServer {
        EchoServer(
            process: try await DaemonProcess.startServer(
                program, in: place ?? DaemonPlace(), arguments: arguments,
                patience: .seconds(120)))
    }

    /// A connection that does what a test says.
    func connect() throws -> RawPeer {
        try RawPeer(path: socket)
    }

    /// Our client, on a connection of its own, that repeats nothing by itself.
    func client(_ change: (inout ClientConfiguration) -> Void = { _ in }) -> Client {
        var configuration = ClientConfiguration()
        configuration.retry = .none
        configuration.timeoutDefault = .seconds(120)
        change(&configuration)
        return Client(path: socket, configuration: configuration)
    }

    /// Lets it finish; its exit code.
    func stop() async throws -> Int32 {
        try await process.terminate(within: .seconds(60))
    }
}

/// Runs a test against ours and lets it end, which it does well whatever the test did to it.
func withEchoServer(
    _ arguments: [String] = [], _ body: (EchoServer) async throws -> Void
) async throws {
    let server = try await EchoServer.start(arguments + ["--drain-seconds", "0"])
    try await body(server)
    let exitCode = try await server.stop()
    #expect(exitCode == 0, "\(server.process.place.lastLogLines())")
}
