// SPDX-License-Identifier: Apache-2.0

import AftersalesClient
import ArgumentParser
import ProtoJSON
import TTRPC
import TTRPCServices

/// The command `aftersalesctl status`.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Ask the daemon whether it serves, and how fast it answers.")

    /// Checks after the first, which also connects; the fastest of them is the round trip.
    private static let roundTripCount = 5

    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        try await globals.run { session in
            let clock = ContinuousClock()
            let status = try await session.client.health(options: session.options)
            var fastest = Duration.seconds(600)
            for _ in 0..<Self.roundTripCount {
                let start = clock.now
                _ = try await session.client.health(options: session.options)
                fastest = min(fastest, start.duration(to: clock.now))
            }
            let microseconds = fastest / .microseconds(1)
            switch session.output {
            case .table:
                print(
                    """
                    status      \(Self.word(status))
                    socket      \(DisplayText.line(session.socketPath))
                    round trip  \(Int(microseconds.rounded())) µs
                    """)
            case .json:
                let json = JSONValue.object([
                    JSONMember("status", .string(Self.word(status))),
                    JSONMember("socket", .string(session.socketPath)),
                    JSONMember("roundTripMicroseconds", .integer(Int(microseconds.rounded()))),
                ])
                print(json.text(.indented))
            }
            guard status == .serving else { throw NotServing(answer: Self.word(status)) }
        }
    }

    private static func word(_ status: ServingStatus) -> String {
        switch status {
        case .serving: "SERVING"
        case .notServing: "NOT_SERVING"
        case .unknown: "UNKNOWN"
        case .serviceUnknown: "SERVICE_UNKNOWN"
        case .unrecognized(let number): String(number)
        }
    }
}
