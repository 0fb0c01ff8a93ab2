// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DaemonHarness
import TerminalText

/// Plays the cancellation policy against a daemon of its own, and checks each step.
@main
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aftersales-demo",
        abstract: "Watch orders being canceled under the policy.",
        discussion: """
            Starts aftersalesd on a temporary socket and database, plays the policy sentence by \
            sentence through the client library, and ends with a failure when anything is not as \
            the policy says.
            """)

    @Option(help: "The daemon to start: a path of aftersalesd.")
    var daemon: String

    func run() async throws {
        let narrator = Narrator(style: TerminalStyle(descriptor: 1))
        do {
            try await Interruption.ends { try await play(narrator) }
        } catch is Interruption {
            throw ExitCode(Interruption.exitCode)
        }
        guard narrator.isAsExpected else { throw ExitCode.failure }
    }

    private func play(_ narrator: Narrator) async throws {
        let stage = try await Stage(program: daemon, narrator: narrator)
        do {
            try await Demo(stage: stage, narrator: narrator).play()
        } catch {
            if !Task.isCancelled {
                for line in stage.place.lastLogLines() {
                    StandardError.write("aftersalesd: \(line)\n")
                }
            }
            throw error
        }
        try await stage.close()
    }
}
