// SPDX-License-Identifier: Apache-2.0

import Logging
import Testing

@testable import aftersalesd

/// A line of the log: one event, one line, whatever a client sends.
@Suite struct JournalLogTests {
    private static func line(_ message: String, _ metadata: Logger.Metadata = [:]) -> String {
        JournalLogHandler.line(.info, label: "t", message: message, metadata: metadata)
    }

    @Test(arguments: [
        (Logger.Level.critical, 2), (.error, 3), (.warning, 4), (.notice, 5), (.info, 6),
        (.debug, 7), (.trace, 7),
    ])
    func `the priority leads as journald reads it`(_ level: Logger.Level, _ priority: Int) {
        #expect(
            JournalLogHandler.line(level, label: "t", message: "m", metadata: [:])
                == "<\(priority)>t: m")
    }

    @Test(arguments: [
        ("a\nb", "a\\u{a}b"), ("a\r\nb", "a\\u{d}\\u{a}b"), ("a\u{0}b", "a\\u{0}b"),
        ("\u{1b}[31mred", "\\u{1b}[31mred"), ("a\u{7f}b", "a\\u{7f}b"),
        ("a\u{85}b", "a\\u{85}b"), ("a\u{2028}b\u{2029}c", "a\\u{2028}b\\u{2029}c"),
        ("\u{202e}evil\u{2066}", "\\u{202e}evil\\u{2066}"), ("\u{feff}x", "\\u{feff}x"),
        ("\u{e000}", "\\u{e000}"), ("déjà 漢字 🙂", "déjà 漢字 🙂"),
    ])
    func `what could begin a line or turn the text around is escaped`(
        _ text: String, _ escaped: String
    ) {
        #expect(Self.line(text) == "<6>t: \(escaped)")
    }

    @Test func `a text that looks like a priority does not lead`() {
        #expect(Self.line("<0>panic") == "<6>t: <0>panic")
        #expect(Self.line("x\n<0>panic") == "<6>t: x\\u{a}<0>panic")
        #expect(Self.line("m", ["k": "\n<0>panic"]) == "<6>t: m k=\\u{a}<0>panic")
    }

    @Test func `metadata follows, sorted, its keys escaped, too`() {
        #expect(
            Self.line("m", ["b": "2", "a": "1", "c\n": "3"]) == "<6>t: m a=1 b=2 c\\u{a}=3")
    }

    @Test func `a value that could pass for further ones is quoted`() {
        #expect(Self.line("m", ["k": "1 uid=0"]) == "<6>t: m k=\"1 uid=0\"")
        #expect(Self.line("m", ["k": "a\"b"]) == "<6>t: m k=\"a\\\"b\"")
        #expect(Self.line("m", ["k": "a\\u{a}"]) == "<6>t: m k=\"a\\\\u{a}\"")
        #expect(Self.line("m", ["k": ""]) == "<6>t: m k=\"\"")
    }

    @Test func `256 bytes are kept and one more is cut`() {
        let full = String(repeating: "x", count: 256)
        #expect(JournalLogHandler.escaped(full) == full)
        #expect(JournalLogHandler.escaped(full + "y") == full + "…")
    }

    @Test(arguments: ["é", "漢", "🙂", "\n", "\u{10fffd}"])
    func `nothing is cut in the middle or runs over`(_ scalar: String) {
        for head in 250...256 {
            let text = String(repeating: "x", count: head) + String(repeating: scalar, count: 9)
            let escaped = JournalLogHandler.escaped(text)
            #expect(escaped.hasSuffix("…"))
            #expect(escaped.dropLast().utf8.count <= 256)
        }
    }
}
