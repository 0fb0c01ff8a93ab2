// SPDX-License-Identifier: Apache-2.0

import ProtoJSON
import Testing

@Suite("JSON text")
struct JSONParserTests {
    static let accepted: [(text: String, value: JSONValue)] = [
        ("null", .null),
        (" \t\r\n true ", .bool(true)),
        ("-0.5e+10", .number("-0.5e+10")),
        ("0", .number("0")),
        ("123456789012345678901234567890", .number("123456789012345678901234567890")),
        (#""a\"\\\/\b\f\n\r\t\u0041""#, .string("a\"\\/\u{8}\u{C}\n\r\tA")),
        (#""\ud83d\ude00 \u0000""#, .string("😀 \u{0}")),
        ("\"é\u{7f}\"", .string("é\u{7f}")),
        ("[]", .array([])),
        ("[1,[2]]", .array([.number("1"), .array([.number("2")])])),
        ("{}", .object([])),
        (#"{"b":1,"a":null}"#, .object([.init("b", .number("1")), .init("a", .null)])),
        // One key in two normal forms is two keys: JSON compares code units.
        (
            "{\"\u{E9}\":1,\"e\u{301}\":2}",
            .object([.init("\u{E9}", .number("1")), .init("e\u{301}", .number("2"))])
        ),
    ]

    @Test(arguments: accepted)
    func `takes what RFC 8259 allows`(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: Array(text.utf8)) == value)
    }

    @Test(arguments: accepted.map(\.value), [JSONLayout.compact, .indented])
    func `prints what reads back the same`(value: JSONValue, layout: JSONLayout) throws {
        #expect(try JSONValue(parsing: Array(value.text(layout).utf8)) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "True", "NaN", "Infinity", "+1", "01", "-", "1.", ".5", "1e",
        "1e+",
        "0x10", "1 2", "\"", "\"a", "\"\n\"", "\"\t\"", #""\x""#, #""\u12""#, #""\u12g4""#,
        #""\ud800""#, #""\ud800\u0041""#, #""\udc00""#, #""\ud800\""#, "[", "[1", "[1,]", "[,1]",
        "[1 2]", "{", "{a:1}", "{'a':1}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1 "b":2}"#,
        #"{"a":1,"a":1}"#, #"{"a":1,"\u0061":2}"#, "//x\n1", "/**/1", "\u{FEFF}1", "1\u{0}", "[1]]",
        "\u{A0}1",
    ])
    func `refuses everything else`(text: String) {
        #expect(reason(Array(text.utf8)) == .syntax)
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xE2, 0x82, 0x22], [0xFF], [0xEF, 0xBB, 0xBF, 0x31],
        ] as [[UInt8]])
    func `refuses strings that are not UTF-8`(bytes: [UInt8]) {
        #expect(reason(bytes) == .syntax)
    }

    @Test func `says where the text is wrong`() {
        #expect(throws: ProtoJSONError(.syntax, detail: "line 2, column 8: a value is expected")) {
            _ = try JSONValue(parsing: Array("{\n  \"a\": x}".utf8))
        }
    }

    @Test func `takes text up to its limit in bytes and none longer`() {
        let limits = ProtoJSONLimits(
            jsonBytesMax: 6, jsonDepthMax: 9, messageDepthMax: 9, valuesMax: 9)
        #expect(reason(Array("[1, 2]".utf8), limits) == nil)
        #expect(reason(Array("[1, 2 ]".utf8), limits) == .limitExceeded)
    }

    @Test func `takes nesting up to its limit and none deeper`() {
        func nested(_ depth: Int) -> [UInt8] {
            Array(
                (String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        #expect(reason(nested(64)) == nil)
        #expect(reason(nested(65)) == .limitExceeded)
        #expect(reason(nested(1_000_000)) == .limitExceeded)
        #expect(reason(Array(String(repeating: #"{"a":"#, count: 65).utf8)) == .limitExceeded)
    }

    @Test func `takes values up to their limit and not one more`() {
        let limits = ProtoJSONLimits(
            jsonBytesMax: 99, jsonDepthMax: 9, messageDepthMax: 9, valuesMax: 3)
        #expect(reason(Array("[1,2]".utf8), limits) == nil)
        #expect(reason(Array("[1,2,3]".utf8), limits) == .limitExceeded)
    }

    @Test func `escapes what would steer a terminal`() {
        #expect(JSONValue.string("\u{1B}[2J\u{7F}\u{9B}é").text() == #""\u001b[2J\u007f\u009bé""#)
    }

    @Test func `lays out by two spaces a level`() throws {
        let value = try JSONValue(parsing: Array(#"{"a":[1,{}],"b":[]}"#.utf8))
        #expect(
            value.text(.indented) == """
                {
                  "a": [
                    1,
                    {}
                  ],
                  "b": []
                }
                """)
    }

    private func reason(
        _ bytes: [UInt8], _ limits: ProtoJSONLimits = .standard
    ) -> ProtoJSONError.Reason? {
        do throws(ProtoJSONError) {
            _ = try JSONValue(parsing: bytes, limits: limits)
            return nil
        } catch {
            return error.reason
        }
    }
}
