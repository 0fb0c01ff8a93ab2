// SPDX-License-Identifier: Apache-2.0

import AftersalesClient
import ArgumentParser
import Foundation
import TTRPC

/// How results are written.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    /// Tables, for eyes; their form may change.
    case table
    /// The response in proto3's canonical JSON, for programs.
    case json
}

/// What every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Socket of the daemon. Default: $AFTERSALES_SOCKET, or else \(Self.socketPathDefault).",
            valueName: "path"))
    var socket: String?

    @Option(help: ArgumentHelp("How to write results.", valueName: "format"))
    var output = OutputFormat.table

    @Option(
        help: ArgumentHelp(
            "Longest time for a call, its repeats included.", valueName: "seconds"))
    var timeout = 30.0

    static let socketPathDefault = AftersalesClient.socketPathDefault

    /// The longest timeout that a server takes, in seconds.
    private static let timeoutMax = 600.0

    func validate() throws {
        guard timeout > 0, timeout <= Self.timeoutMax else {
            throw ValidationError("--timeout must be above 0 and at most 600 seconds.")
        }
    }

    /// The options that stand before the subcommand, moved behind all other arguments, where the
    /// subcommand takes them.
    static func movedToEnd(_ arguments: [String]) -> [String] {
        let names = ["--socket", "--output", "--timeout"]
        var rest = arguments[...]
        var moved: [String] = []
        while let first = rest.first {
            if names.contains(first), rest.count > 1 {
                moved += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else if names.contains(where: { first.hasPrefix($0 + "=") }) {
                moved.append(first)
                rest = rest.dropFirst()
            } else {
                break
            }
        }
        // Without a subcommand nothing would take them, and their refusal would hide what is wrong.
        let known = Aftersalesctl.configuration.subcommands.map { $0.configuration.commandName }
        guard let command = rest.first, known.contains(command) else { return Array(rest) }
        // Nothing is an option behind a bare "--".
        let end = rest.firstIndex(of: "--") ?? rest.endIndex
        return Array(rest[..<end]) + moved + Array(rest[end...])
    }

    /// Runs a command's calls, and turns every failure into its report and exit status.
    func run(_ calls: (Session) async throws -> Void) async throws {
        let path =
            socket ?? ProcessInfo.processInfo.environment["AFTERSALES_SOCKET"]
            ?? Self.socketPathDefault
        let client = AftersalesClient(socketPath: path)
        let session = Session(
            client: client, socketPath: path, output: output,
            options: CallOptions(timeout: .seconds(timeout), isIdempotent: true),
            streams: StreamCalls(client.rpc))
        do {
            try await calls(session)
        } catch {
            guard let failure = Failure(error, socketPath: path) else { throw error }
            writeError(failure.text(output) + "\n")
            throw ExitCode(failure.exitStatus.rawValue)
        }
    }
}

/// Writes to the standard error stream.
func writeError(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
}
