// SPDX-License-Identifier: Apache-2.0

import AftersalesClient
import DaemonHarness
import Foundation
import ProtobufC
import Synchronization
import TTRPC

/// The programs of this build.
enum BuiltProgram {
    /// Path of the daemon: beside the test bundle, or what `AFTERSALES_DAEMON` names.
    static let daemon =
        ProcessInfo.processInfo.environment["AFTERSALES_DAEMON"] ?? path("aftersalesd")

    /// The folder of the build.
    static let folder = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent().path(percentEncoded: false)

    private static func path(_ name: String) -> String {
        folder + (folder.hasSuffix("/") ? "" : "/") + name
    }
}

/// A number that a long run sets from outside.
func setting(_ name: String, default value: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? value
}

/// A desk of its own for one test: a daemon, its place, and the starts and ends of it.
final class Stage: Sendable {
    let place: DaemonPlace
    private let arguments: [String]
    private let daemon = Mutex<DaemonProcess?>(nil)

    /// Starts a daemon, with a configuration file of this text, or with none.
    init(configuration: String? = nil) async throws {
        place = try DaemonPlace()
        var arguments: [String] = []
        if let configuration {
            arguments = ["--config", try place.write("aftersales.yaml", configuration)]
        }
        self.arguments = arguments
        try await start()
    }

    /// Starts the daemon, in the place of the one before.
    func start() async throws {
        let next = try await DaemonProcess.start(
            BuiltProgram.daemon, in: place, arguments: arguments, patience: .seconds(120))
        daemon.withLock { $0 = next }
    }

    /// Ends the daemon as a power cut would.
    func kill() async throws {
        try await daemon.withLock { $0 }?.kill()
    }

    /// Lets the daemon finish; its exit code.
    @discardableResult
    func stop() async throws -> Int32? {
        try await daemon.withLock { $0 }?.terminate(within: .seconds(120))
    }

    /// A desk over a connection of its own.
    func desk() -> AftersalesClient {
        AftersalesClient(socketPath: place.socket)
    }

    /// The bytes of a reply, over a connection of its own.
    func reply(
        _ method: MethodDescriptor, _ request: some Message
    ) async throws(RPCError) -> [UInt8] {
        try await connection().unary(method, request.encoded(), options: .idempotent).payload
    }

    /// A connection of its own that repeats nothing by itself.
    func connection() -> Client {
        var configuration = ClientConfiguration()
        configuration.retry = .none
        configuration.timeoutDefault = .seconds(120)
        return Client(path: place.socket, configuration: configuration)
    }
}

extension DaemonPlace {
    /// Writes a file into the place; gives its path.
    func write(_ name: String, _ text: String) throws -> String {
        let path = directory + "/" + name
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }
}
