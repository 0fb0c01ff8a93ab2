// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import TTRPC
import Testing

@testable import aftersalesctl

@Suite("What an operator reads and types")
struct TextTests {
    @Test(
        arguments: [
            (8640, "EUR", "86.40 EUR"), (5, "EUR", "0.05 EUR"), (0, "USD", "0.00 USD"),
            (-1, "GBP", "-0.01 GBP"), (86, "JPY", "86 JPY"), (0, "JPY", "0 JPY"),
            (1, "KWD", "0.001 KWD"), (12_345, "CLF", "1.2345 CLF"),
            (.min, "EUR", "-92233720368547758.08 EUR"), (1, "", "0.01 "),
        ] as [(Int64, String, String)])
    func `amounts have the digits of their currency`(
        minorUnits: Int64, code: String, text: String
    ) {
        #expect(MoneyText.text(minorUnits, code) == text)
    }

    @Test(arguments: [
        ("plain é 中", "plain é 中"), ("a\u{1B}[2Jb", #"a\u{1b}[2Jb"#), ("a\nb", #"a\u{a}b"#),
        ("a\u{9B}31mb", #"a\u{9b}31mb"#), ("a\u{202E}b", #"a\u{202e}b"#),
        ("\u{7F}", #"\u{7f}"#),
    ])
    func `text from elsewhere cannot steer the terminal`(given: String, shown: String) {
        #expect(DisplayText.line(given) == shown)
    }

    @Test func `enums are shown in the contract's words`() {
        #expect(DisplayText.word(OrderState.partiallyShipped) == "PARTIALLY_SHIPPED")
        #expect(DisplayText.word(OrderState.unspecified) == "-")
        #expect(DisplayText.word(OrderState(rawValue: 99)) == "99")
    }

    @Test func `columns line up, wide characters included`() {
        var table = TextTable(.text("TITLE"), .number("QTY"), .text("X"))
        table.add("中文", "5", "a")
        table.add("abcdef", "12", "")
        #expect(
            table.lines == [
                "TITLE   QTY  X",
                "中文      5  a",
                "abcdef   12",
            ])
        #expect(TextTable(.text("A")).lines == ["none"])
    }

    @Test(
        arguments: [
            ("7", "7", nil), ("7:3", "7", 3), ("a:b", "a:b", nil), ("a:b:2", "a:b", 2),
            ("a:", "a:", nil),
        ] as [(String, String, Int64?)])
    func `a line may carry a quantity`(text: String, lineID: String, quantity: Int64?) throws {
        let line = try #require(LineArgument(argument: text))
        #expect(line.lineID == lineID && line.quantity == quantity)
    }

    @Test(arguments: ["", ":3", "7:0", "7:-1"])
    func `a line needs an id and a positive quantity`(text: String) {
        #expect(LineArgument(argument: text) == nil)
    }

    @Test func `a line without a quantity means its open units, or all if none is open`() {
        var order = Order()
        var line = OrderLine()
        (line.lineID, line.quantity) = ("1", 5)
        order.lines = [line]
        var open = UnitRange()
        (open.lineID, open.count, open.state) = ("1", 3, .open)
        var shipped = UnitRange()
        (shipped.lineID, shipped.count, shipped.state) = ("1", 2, .shipped)
        order.units = [open, shipped]
        let argument = LineArgument(argument: "1")
        #expect(argument?.selection(of: order).quantity == 3)
        order.units = [shipped]
        #expect(argument?.selection(of: order).quantity == 5)
        #expect(LineArgument(argument: "1:2")?.selection(of: order).quantity == 2)
    }

    @Test(arguments: CancelReason.allCases.dropFirst())
    func `each reason has a word that names it again`(reason: CancelReason) {
        let word = CancelReasonArgument(reason: reason).description
        #expect(CancelReasonArgument(argument: word)?.reason == reason)
    }

    @Test(
        arguments: [
            (StatusCode.ok, 0), (.invalidArgument, 64), (.unavailable, 69), (.permissionDenied, 77),
            (.unauthenticated, 77), (.notFound, 1), (.aborted, 1), (.internal, 1),
            (StatusCode(rawValue: 99), 1),
        ] as [(StatusCode, Int32)])
    func `codes have exit statuses`(code: StatusCode, status: Int32) {
        #expect(ExitStatus(code).rawValue == status)
    }

    @Test(arguments: [
        (["status"], ["status"]),
        (["--socket", "/s", "status"], ["status", "--socket", "/s"]),
        (
            ["--socket=/s", "--output", "json", "order", "list"],
            ["order", "list", "--socket=/s", "--output", "json"]
        ),
        (
            ["--socket", "/s", "call", "A/B", "--", "-"],
            ["call", "A/B", "--socket", "/s", "--", "-"]
        ),
        (["--socket"], ["--socket"]),
        (["--socket", "/s", "nope"], ["nope"]),
    ])
    func `options may stand before the subcommand`(given: [String], parsed: [String]) {
        #expect(GlobalOptions.movedToEnd(given) == parsed)
    }

    @Test(arguments: [
        ("ord_1", "ord_1"), ("", "''"), ("a b", "'a b'"), ("it's", #"'it'\''s'"#), ("$x", "'$x'"),
    ])
    func `a command to copy is quoted for the shell`(word: String, quoted: String) {
        #expect(ShellText.quoted(word) == quoted)
    }
}
