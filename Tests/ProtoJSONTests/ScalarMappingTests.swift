// SPDX-License-Identifier: Apache-2.0

import ProtoJSON
import Testing

/// The table was checked against protoc's own encoder, see ProtocOracleTests.
@Suite("Scalars, enums, lists and maps")
struct ScalarMappingTests {
    /// Canonical JSON and its bytes: each row holds in both directions.
    static let canonical: [(json: String, hex: String)] = [
        ("{}", ""),
        (#"{"doubleValue":1.5}"#, "09000000000000f83f"),
        (#"{"doubleValue":1e+300}"#, "099c7500883ce4377e"),
        (#"{"doubleValue":-0}"#, "090000000000000080"),
        (#"{"doubleValue":"NaN"}"#, "09000000000000f87f"),
        (#"{"doubleValue":"-Infinity"}"#, "09000000000000f0ff"),
        (#"{"floatValue":0.1}"#, "15cdcccc3d"),
        (#"{"floatValue":"Infinity"}"#, "150000807f"),
        (#"{"int32Value":-1}"#, "18ffffffffffffffffff01"),
        (#"{"int32Value":2147483647}"#, "18ffffffff07"),
        (#"{"int64Value":"-9223372036854775808"}"#, "2080808080808080808001"),
        (#"{"int64Value":"9223372036854775807"}"#, "20ffffffffffffffff7f"),
        (#"{"uint32Value":4294967295}"#, "28ffffffff0f"),
        (#"{"uint64Value":"18446744073709551615"}"#, "30ffffffffffffffffff01"),
        (#"{"sint32Value":-2147483648}"#, "38ffffffff0f"),
        (#"{"sint64Value":"-1"}"#, "4001"),
        (#"{"sint64Value":"-9223372036854775808"}"#, "40ffffffffffffffffff01"),
        (#"{"fixed32Value":1}"#, "4d01000000"),
        (#"{"fixed64Value":"1"}"#, "510100000000000000"),
        (#"{"sfixed32Value":-1}"#, "5dffffffff"),
        (#"{"sfixed64Value":"-2"}"#, "61feffffffffffffff"),
        (#"{"boolValue":true}"#, "6801"),
        (#"{"stringValue":"é😀"}"#, "7206c3a9f09f9880"),
        (#"{"bytesValue":"AP8="}"#, "7a0200ff"),
        (#"{"color":"COLOR_RED"}"#, "800101"),
        (#"{"color":"COLOR_NEGATIVE"}"#, "8001ffffffffffffffffff01"),
        (#"{"color":77}"#, "80014d"),
        (#"{"child":{}}"#, "8a0100"),
        (#"{"child":{"child":{"int32Value":5}}}"#, "8a01058a01021805"),
        (#"{"nested":{"name":"a","numbers":["1","300"]}}"#, "9201080a0161120301ac02"),
        (#"{"packed":[0,1,-1]}"#, "a2010c0001ffffffffffffffffff01"),
        (#"{"unpacked":[0,1]}"#, "a80100a80101"),
        (#"{"strings":["","a"]}"#, "b20100b2010161"),
        (#"{"children":[{},{"name":"a"}]}"#, "ba0100ba01030a0161"),
        (#"{"colors":["COLOR_RED","COLOR_UNSPECIFIED",9]}"#, "c20103010009"),
        (#"{"counts":{"":"0","a":"1"}}"#, "d201040a001000d201050a01611001"),
        (#"{"nestedByNumber":{"-1":{}}}"#, "da010d08ffffffffffffffffff011200"),
        (#"{"words":{"false":"","true":"t"}}"#, "e2010408001200e20105080112 0174"),
        (#"{"chosenNumber":0}"#, "f00100"),
        (#"{"chosenText":""}"#, "fa0100"),
        (#"{"presentNumber":0,"presentText":""}"#, "880200920200"),
    ]

    @Test(arguments: canonical)
    func `maps canonical JSON to bytes and back`(json: String, hexText: String) throws {
        #expect(try hex(Kinds.encode(json)) == hexText.filter { $0 != " " })
        #expect(try Kinds.print(bytes(hex: hexText)) == json)
    }

    /// What is taken beside the canonical form.
    @Test(arguments: [
        (#"{"int32_value":7}"#, #"{"int32Value":7}"#),
        (#"{"int32Value":"7"}"#, #"{"int32Value":7}"#),
        (#"{"int32Value":7.0}"#, #"{"int32Value":7}"#),
        (#"{"int32Value":70e-1}"#, #"{"int32Value":7}"#),
        (#"{"int32Value":1.2e3}"#, #"{"int32Value":1200}"#),
        (#"{"int32Value":-0}"#, "{}"),
        (#"{"int32Value":0e99999999999999999999}"#, "{}"),
        (#"{"int64Value":9007199254740993}"#, #"{"int64Value":"9007199254740993"}"#),
        (#"{"uint64Value":1.8446744073709551615e19}"#, #"{"uint64Value":"18446744073709551615"}"#),
        (#"{"doubleValue":"1.5"}"#, #"{"doubleValue":1.5}"#),
        (#"{"doubleValue":0}"#, "{}"),
        (#"{"doubleValue":3}"#, #"{"doubleValue":3}"#),
        (#"{"bytesValue":"AP8"}"#, #"{"bytesValue":"AP8="}"#),
        (#"{"bytesValue":"-_-_"}"#, #"{"bytesValue":"+/+/"}"#),
        (#"{"color":1}"#, #"{"color":"COLOR_RED"}"#),
        (#"{"color":"COLOR_UNSPECIFIED"}"#, "{}"),
        (#"{"stringValue":null,"packed":null,"child":null,"counts":null}"#, "{}"),
        (#"{"chosenText":"a","chosenNumber":null}"#, #"{"chosenText":"a"}"#),
        (#"{"packed":[]}"#, "{}"),
    ])
    func `takes other forms of the same value`(given: String, canonical: String) throws {
        #expect(try Kinds.print(Kinds.encode(given)) == canonical)
    }

    /// What the wire may hold beside what this mapping writes.
    @Test(arguments: [
        ("a80102a8010102", "malformed"),
        ("a8010aaa01020102", #"{"unpacked":[10,1,2]}"#),
        ("a0010aa201020102", #"{"packed":[10,1,2]}"#),
        ("1801 1802", #"{"int32Value":2}"#),
        ("9201030a0161 9201021205", "malformed"),
        ("9201030a0161 920103120105", #"{"nested":{"name":"a","numbers":["5"]}}"#),
        ("f00101 fa010161", #"{"chosenText":"a"}"#),
        ("fa010161 f00101", #"{"chosenNumber":1}"#),
        ("8202030a0161 82020312 0105", #"{"chosenNested":{"name":"a","numbers":["5"]}}"#),
        ("8202030a0161 f00101 820203120105", #"{"chosenNested":{"numbers":["5"]}}"#),
        ("d20100", #"{"counts":{"":"0"}}"#),
        ("d201050a01611001 d201050a01611002", #"{"counts":{"a":"2"}}"#),
        ("da0100", #"{"nestedByNumber":{"0":{}}}"#),
        ("f83e01", "{}"),
        ("18ffffffffff01", #"{"int32Value":-1}"#),
        ("6802", #"{"boolValue":true}"#),
        ("00", "malformed"), ("0801", "malformed"), ("18", "malformed"), ("1880", "malformed"),
        ("09000000", "malformed"), ("720561", "malformed"), ("7201ff", "malformed"),
        ("0b0c", "malformed"), ("1d00000000", "malformed"),
        ("18ffffffffffffffffff02", "malformed"), ("18ffffffffffffffffffff01", "malformed"),
    ])
    func `reads the wire as protobuf does`(hexText: String, expected: String) throws {
        do {
            #expect(try Kinds.print(bytes(hex: hexText)) == expected)
        } catch let error as ProtoJSONError {
            #expect(error.reason == .malformedMessage && expected == "malformed")
        }
    }

    @Test func `shows defaults and proto names when asked`() throws {
        let schema = try Kinds.schema()
        let text = try schema.print(
            [], as: "kinds.v1.Kinds.Nested", options: JSONOptions(includesDefaults: true))
        #expect(text == #"{"name":"","numbers":[]}"#)
        let options = JSONOptions(includesDefaults: true, usesProtoNames: true)
        let kinds = try schema.value([], as: "kinds.v1.Kinds", options: options)
        #expect(kinds["int64_value"] == .string("0"))
        #expect(kinds["color"] == .string("COLOR_UNSPECIFIED"))
        #expect(kinds["counts"] == .object([]))
        #expect(kinds["child"] == nil && kinds["chosen_number"] == nil)
        #expect(kinds["present_number"] == nil)
    }
}
