// SPDX-License-Identifier: Apache-2.0

import ProtoJSON
import Testing

@Suite("What is refused, and under which path")
struct RefusalTests {
    @Test(
        arguments: [
            (#"[]"#, .wrongForm, ""),
            (#"null"#, .wrongForm, ""),
            (#"{"nope":1}"#, .unknownField, "nope"),
            (#"{"child":{"children":[{},{"nope":1}]}}"#, .unknownField, "child.children[1].nope"),
            (#"{"nope":null}"#, .unknownField, "nope"),
            (#"{"int32Value":1,"int32_value":1}"#, .conflictingFields, "int32_value"),
            (#"{"chosenText":"","chosenNumber":0}"#, .conflictingFields, "chosenText"),
            (#"{"int32Value":2147483648}"#, .outOfRange, "int32Value"),
            (#"{"int32Value":-2147483649}"#, .outOfRange, "int32Value"),
            (#"{"int64Value":"9223372036854775808"}"#, .outOfRange, "int64Value"),
            (#"{"uint32Value":-1}"#, .outOfRange, "uint32Value"),
            (#"{"uint64Value":"18446744073709551616"}"#, .outOfRange, "uint64Value"),
            (#"{"int64Value":1e999999999999999999999}"#, .outOfRange, "int64Value"),
            (#"{"int64Value":1e9223372036854775807}"#, .outOfRange, "int64Value"),
            (#"{"int64Value":10e9223372036854775807}"#, .outOfRange, "int64Value"),
            (#"{"int64Value":1e-9223372036854775808}"#, .wrongForm, "int64Value"),
            (#"{"int32Value":1.5}"#, .wrongForm, "int32Value"),
            (#"{"int32Value":""}"#, .wrongForm, "int32Value"),
            (#"{"int32Value":" 1"}"#, .wrongForm, "int32Value"),
            (#"{"int32Value":"0x1"}"#, .wrongForm, "int32Value"),
            (#"{"int32Value":true}"#, .wrongForm, "int32Value"),
            (#"{"int32Value":[]}"#, .wrongForm, "int32Value"),
            (#"{"doubleValue":1e400}"#, .outOfRange, "doubleValue"),
            (#"{"floatValue":1e39}"#, .outOfRange, "floatValue"),
            (#"{"doubleValue":"nan"}"#, .wrongForm, "doubleValue"),
            (#"{"doubleValue":"0x1p3"}"#, .wrongForm, "doubleValue"),
            (#"{"boolValue":1}"#, .wrongForm, "boolValue"),
            (#"{"boolValue":"true"}"#, .wrongForm, "boolValue"),
            (#"{"stringValue":1}"#, .wrongForm, "stringValue"),
            (#"{"bytesValue":"A"}"#, .wrongForm, "bytesValue"),
            (#"{"bytesValue":"AP9="}"#, .wrongForm, "bytesValue"),
            (#"{"bytesValue":"AP8=="}"#, .wrongForm, "bytesValue"),
            (#"{"bytesValue":"A P8"}"#, .wrongForm, "bytesValue"),
            (#"{"color":"RED"}"#, .unknownEnumValue, "color"),
            (#"{"colors":["COLOR_RED","red"]}"#, .unknownEnumValue, "colors[1]"),
            (#"{"color":1.5}"#, .wrongForm, "color"),
            (#"{"color":true}"#, .wrongForm, "color"),
            (#"{"packed":1}"#, .wrongForm, "packed"),
            (#"{"packed":[1,null]}"#, .wrongForm, "packed[1]"),
            (#"{"strings":[null]}"#, .wrongForm, "strings[0]"),
            (#"{"children":[null]}"#, .wrongForm, "children[0]"),
            (#"{"counts":[]}"#, .wrongForm, "counts"),
            (#"{"counts":{"a":null}}"#, .wrongForm, #"counts["a"]"#),
            (#"{"nestedByNumber":{"x":{}}}"#, .wrongForm, #"nestedByNumber["x"]"#),
            (#"{"nestedByNumber":{"1":{"name":1}}}"#, .wrongForm, #"nestedByNumber["1"].name"#),
            (#"{"words":{"1":""}}"#, .wrongForm, #"words["1"]"#),
            (#"{"child":{"a":1,"a":2}}"#, .syntax, ""),
        ] as [(String, ProtoJSONError.Reason, String)])
    func `names reason and path`(
        json: String, reason: ProtoJSONError.Reason, path: String
    ) throws {
        do throws(ProtoJSONError) {
            let bytes = try Kinds.encode(json)
            Issue.record("accepted as \(hex(bytes))")
        } catch {
            #expect(error.reason == reason, "\(error)")
            #expect(error.path == path)
            #expect(!error.detail.isEmpty)
        }
    }

    @Test func `refuses a type that the schema does not have`() throws {
        let schema = try Kinds.schema()
        #expect(throws: ProtoJSONError.self) { try schema.encode(json: "{}", as: "kinds.v1.No") }
        #expect(throws: ProtoJSONError.self) { try schema.print([], as: "kinds.v1.No") }
    }

    @Test func `takes messages up to 32 levels and none deeper, in both directions`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: #"{"child":"#, count: depth - 1) + "{}"
                + String(repeating: "}", count: depth - 1)
        }
        #expect(try Kinds.print(Kinds.encode(nested(32))) == nested(32))
        #expect(throws: ProtoJSONError.self) { try Kinds.encode(nested(33)) }

        var bytes: [UInt8] = []
        for _ in 1..<33 { bytes = [0x8A, 0x01] + varint(bytes.count) + bytes }
        do {
            _ = try Kinds.print(bytes)
            Issue.record("33 levels were printed")
        } catch let error as ProtoJSONError {
            #expect(error.reason == .limitExceeded)
        }
    }

    @Test func `prints values up to their limit and not one more`() throws {
        let schema = try Kinds.schema()
        let limits = ProtoJSONLimits(
            jsonBytesMax: 0, jsonDepthMax: 0, messageDepthMax: 9, valuesMax: 3)
        func text(_ hexText: String) throws -> String {
            try schema.print(bytes(hex: hexText), as: "kinds.v1.Kinds", limits: limits)
        }
        #expect(try text("a20103010203") == #"{"packed":[1,2,3]}"#)
        #expect(throws: ProtoJSONError.self) { try text("a2010401020304") }
    }

    private func varint(_ value: Int) -> [UInt8] {
        value < 128 ? [UInt8(value)] : [UInt8(value & 127) | 128, UInt8(value >> 7)]
    }
}
