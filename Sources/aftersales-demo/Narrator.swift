// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TerminalText

/// Tells the story on standard output, and keeps count of what was as it should be.
final class Narrator: Sendable {
    /// What was printed last: blocks are set apart by one empty line, checks stand together.
    private enum Block {
        case nothing
        case check
        case other
    }

    private struct State {
        var step = 0
        var policy: String?
        var last = Block.nothing
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
    ///
    /// The policy's page sets some words apart by no-break spaces, which nobody sees.
    func takePolicy(_ text: String) {
        state.withLock { $0.policy = text.replacing("\u{A0}", with: " ") }
    }

    /// Begins a step of the story.
    func step(_ title: String) {
        let number = state.withLock { state in
            state.step += 1
            return state.step
        }
        begin(.other)
        print(style.bold("\(number). \(title)"))
    }

    /// Quotes the policy, word for word.
    func quote(_ sentence: String) {
        begin(.other)
        for line in Paragraph.lines("“\(sentence)”", indent: "   | ") {
            print(style.italic(line))
        }
        if let policy = state.withLock({ $0.policy }), !policy.contains(sentence) {
            check(false, "the sentence stands in the policy")
        }
    }

    /// Says something in plain words.
    func say(_ text: String) {
        begin(.other)
        for line in Paragraph.lines(text, indent: "   ") { print(line) }
    }

    /// Shows text as it was received.
    func show(_ text: String) {
        begin(.other)
        for line in Paragraph.lines(text, width: 100, indent: "      ") { print(line) }
    }

    /// Shows a table.
    func show(_ table: TextTable) {
        begin(.other)
        for line in table.lines(indent: 6) { print(line) }
    }

    /// Checks an expectation and says how it went.
    func check(_ isMet: Bool, _ expectation: String) {
        state.withLock { state in
            if isMet { state.passed += 1 } else { state.failed += 1 }
        }
        begin(.check)
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

    /// Sets a block apart from the one before, unless both are checks.
    private func begin(_ block: Block) {
        let isApart = state.withLock { state in
            defer { state.last = block }
            return !(state.last == .check && block == .check)
        }
        if isApart { print("") }
    }
}
