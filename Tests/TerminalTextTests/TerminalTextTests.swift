// SPDX-License-Identifier: Apache-2.0

import TerminalText
import Testing

@Suite struct TextTableTests {
    @Test func `words stand left, figures right, and no line ends in spaces`() {
        var table = TextTable("item", .right("refund"), "why")
        table.add("Teapot", "24.50", "open")
        table.add("Saucer, small", "1,006.25")
        #expect(
            table.lines(indent: 2) == [
                "  item             refund  why",
                "  -------------  --------  ----",
                "  Teapot            24.50  open",
                "  Saucer, small  1,006.25",
            ])
    }

    @Test func `a table without rows is its headings`() {
        #expect(TextTable("a", .right("b")).lines() == ["a  b", "-  -"])
    }
}

@Suite struct FiguresTests {
    @Test(arguments: [
        (0, "0"), (999, "999"), (1_000, "1,000"), (2_385_612, "2,385,612"), (-1_000, "-1,000"),
    ])
    func `thousands are apart`(number: Int, text: String) {
        #expect(Figures.grouped(number) == text)
    }

    @Test(arguments: [
        (0, "0.00"), (5, "0.05"), (-5, "-0.05"), (10_161_829, "101,618.29"),
        (Int64.min, "-92,233,720,368,547,758.08"),
    ])
    func `amounts have two digits after the point`(hundredths: Int64, text: String) {
        #expect(Figures.money(hundredths) == text)
    }
}

@Suite struct ParagraphTests {
    @Test func `lines break at spaces and keep the width`() {
        let lines = Paragraph.lines("one two three four", width: 10, indent: "  ")
        #expect(lines == ["  one two", "  three", "  four"])
    }

    @Test func `a line break is kept and an empty text is one empty line`() {
        #expect(Paragraph.lines("a\n\nb") == ["a", "", "b"])
        #expect(Paragraph.lines("") == [""])
    }

    @Test func `a word longer than the width has a line of its own`() {
        #expect(Paragraph.lines("a bcdefgh i", width: 4) == ["a", "bcdefgh", "i"])
    }
}

@Suite struct TerminalStyleTests {
    @Test func `off means plain text`() {
        #expect(TerminalStyle(isOn: false).bold("x") == "x")
        #expect(TerminalStyle(isOn: true).bold("x") == "\u{1B}[1mx\u{1B}[0m")
    }
}
