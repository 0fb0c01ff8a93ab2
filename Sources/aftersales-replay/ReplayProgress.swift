// SPDX-License-Identifier: Apache-2.0

import Glibc
import TerminalText

/// Shows how far the replay is: a bar on a terminal, a plain line for each quarter elsewhere.
struct ReplayProgress: Sendable {
    private let calls: Int
    private let isTerminal = isatty(2) == 1
    private let began = ContinuousClock.now

    private static let barWidth = 40
    private static let pause: Duration = .milliseconds(100)

    init(calls: Int) {
        self.calls = calls
    }

    /// Shows the board's figures until the task is cancelled.
    func watch(_ board: ReplayBoard) async {
        var quarter = 0
        while !Task.isCancelled {
            let done = board.results.calls
            if isTerminal {
                write("\r\(bar(done)) \(text(done))\u{1B}[K")
            } else if done * 4 / max(1, calls) > quarter, done < calls {
                quarter = done * 4 / max(1, calls)
                write(text(done) + "\n")
            }
            try? await Task.sleep(for: Self.pause)
        }
    }

    /// Shows the last figures.
    func finish(_ done: Int) {
        write(isTerminal ? "\r\(bar(done)) \(text(done))\u{1B}[K\n" : text(done) + "\n")
    }

    private func bar(_ done: Int) -> String {
        let filled = Self.barWidth * done / max(1, calls)
        return "[" + String(repeating: "#", count: filled)
            + String(repeating: ".", count: Self.barWidth - filled) + "]"
    }

    private func text(_ done: Int) -> String {
        let seconds = max(0.001, began.duration(to: .now) / .seconds(1))
        return "\(Figures.grouped(done)) of \(Figures.grouped(calls)) calls, "
            + "\(Figures.grouped(Int(Double(done) / seconds))) calls/s"
    }

    private func write(_ text: String) {
        StandardError.write(text)
    }
}
