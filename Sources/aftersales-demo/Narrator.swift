// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TerminalText

/// Tells the story on standard output, and keeps count of what was as it should be.
final class Narrator: Sendable {
    private struct State {
        var step = 0
        var policy: String?
        var passed = 0
        var failed = 0
    }

    private let style: TerminalStyle
    private let state = Mutex(State())

    init(style: TerminalStyle) {
        self.style = style
    }

    /// Nothing was otherwise than it should be, and something was looked at.
    var isAsExpected: Bool { state.withLock { $0.failed == 0 && $0.passed > 0 } }

    /// How many expectations were met and not met.
    var counts: (passed: Int, failed: Int) { state.withLock { ($0.passed, $0.failed) } }

    /// From here on each quotation has to stand in this text.
    func takePolicy(_ text: String) {
        state.withLock { $0.policy = text }
    }

    /// Begins a step of the story.
    func step(_ title: String) {
        let number = state.withLock { state in
            state.step += 1
            return state.step
        }
        print("")
        print(style.bold("\(number). \(title)"))
    }

    /// Quotes the policy, word for word.
    func quote(_ sentence: String) {
        print("")
        for line in Paragraph.lines("“\(sentence)”", indent: "   | ") {
            print(style.italic(line))
        }
        if let policy = state.withLock({ $0.policy }), !policy.contains(sentence) {
            check(false, "the sentence stands in the policy")
        }
    }

    /// Says something in plain words.
    func say(_ text: String) {
        print("")
        for line in Paragraph.lines(text, indent: "   ") { print(line) }
    }

    /// Shows text as it was received.
    func show(_ text: String) {
        print("")
        for line in Paragraph.lines(text, width: 100, indent: "      ") { print(line) }
    }

    /// Shows a table.
    func show(_ table: TextTable) {
        print("")
        for line in table.lines(indent: 6) { print(line) }
        print("")
    }

    /// Checks an expectation and says how it went.
    func check(_ isMet: Bool, _ expectation: String) {
        state.withLock { state in
            if isMet { state.passed += 1 } else { state.failed += 1 }
        }
        let mark = isMet ? style.green("ok") : style.red("NOT AS THE POLICY SAYS:")
        print("   \(mark) \(expectation)")
    }

    /// Checks that a value is the one expected; says what it is instead.
    func check<Value: Equatable>(_ value: Value, is expected: Value, _ expectation: String) {
        check(value == expected, expectation)
        if value != expected {
            print("      expected: \(expected)")
            print("      found:    \(value)")
        }
    }
}
