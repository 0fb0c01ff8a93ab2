// SPDX-License-Identifier: Apache-2.0

import ProtoJSON
import Testing

@Suite("Types with a form of their own")
struct WellKnownFormTests {
    /// Canonical forms, in both directions.
    @Test(arguments: [
        (#"{"time":"1970-01-01T00:00:00Z"}"#, "c20200"),
        (#"{"time":"1970-01-01T00:00:01Z"}"#, "c202020801"),
        (
            #"{"time":"1969-12-31T23:59:59.999999999Z"}"#,
            "c20211 08ffffffffffffffffff0110ff93ebdc03"
        ),
        (#"{"time":"1970-01-01T00:00:00.010Z"}"#, "c202051080ade204"),
        (#"{"time":"1970-01-01T00:00:00.000001Z"}"#, "c2020310e807"),
        (#"{"time":"0001-01-01T00:00:00Z"}"#, "c2020b088092b8c398feffffff01"),
        (#"{"time":"9999-12-31T23:59:59Z"}"#, "c2020708ff82d1ffaf07"),
        (#"{"duration":"0s"}"#, "ca0200"),
        (#"{"duration":"1.500s"}"#, "ca02080801 1080cab5ee01"),
        (#"{"duration":"-0.000000001s"}"#, "ca020b10ffffffffffffffffff01"),
        (#"{"duration":"315576000000s"}"#, "ca02070880bcaece9709"),
        (#"{"mask":""}"#, "da0200"),
        (#"{"mask":"a,bC.dE"}"#, "da020c 0a0161 0a07625f632e645f65"),
        (#"{"int64Wrapper":"0"}"#, "e20200"),
        (#"{"int64Wrapper":"5"}"#, "e202020805"),
        (#"{"stringWrapper":"a"}"#, "ea02030a0161"),
    ])
    func `maps canonical forms both ways`(json: String, hexText: String) throws {
        #expect(try hex(Kinds.encode(json)) == hexText.filter { $0 != " " })
        #expect(try Kinds.print(bytes(hex: hexText)) == json)
    }

    @Test(arguments: [
        ("2026-05-01T12:30:00+02:00", "2026-05-01T10:30:00Z"),
        ("2026-05-01T12:30:00-00:30", "2026-05-01T13:00:00Z"),
        ("2024-02-29T00:00:00.5Z", "2024-02-29T00:00:00.500Z"),
        ("2000-02-29t00:00:00.1234567z", "2000-02-29T00:00:00.123456700Z"),
    ])
    func `takes times with offsets and any fraction`(given: String, canonical: String) throws {
        let text = try Kinds.print(Kinds.encode(#"{"time":"\#(given)"}"#))
        #expect(text == #"{"time":"\#(canonical)"}"#)
    }

    @Test(arguments: [
        "2026-05-01", "2026-05-01T10:00Z", "2026-05-01T10:00:00", "2026-05-01 10:00:00Z",
        "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-05-00T00:00:00Z",
        "2026-05-01T24:00:00Z", "2026-05-01T10:60:00Z", "2026-05-01T10:00:60Z",
        "2026-05-01T10:00:00.Z", "2026-05-01T10:00:00.1234567890Z", "2026-05-01T10:00:00+24:00",
        "2026-05-01T10:00:00+0200", "0000-12-31T00:00:00Z", "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01", "+2026-05-01T10:00:00Z", "2026-5-1T10:00:00Z", "",
        "2026-05-01T10:00:00ZZ",
    ])
    func `refuses what is no time`(text: String) {
        #expect(throws: ProtoJSONError.self) { try Kinds.encode(#"{"time":"\#(text)"}"#) }
    }

    @Test(arguments: [
        "", "s", "1", "1.s", ".5s", "1.0000000001s", "+1s", "--1s", "1 s", "1S", "1e3s",
        "315576000001s", "315576000000.1s", "9999999999999s",
    ])
    func `refuses what is no duration`(text: String) {
        #expect(throws: ProtoJSONError.self) { try Kinds.encode(#"{"duration":"\#(text)"}"#) }
    }

    /// One second past the range, and nanoseconds that contradict it.
    @Test(arguments: [
        "c20207088083d1ffaf07", "c2020b08ff91b8c398feffffff01", "c2020610ffffffff07",
        "ca02070881bcaece9709", "ca020d080110ffffffffffffffffff01",
    ])
    func `does not print what has no form`(hexText: String) {
        #expect(throws: ProtoJSONError.self) { try Kinds.print(bytes(hex: hexText)) }
    }

    @Test(arguments: [
        #"{"any":{"@type":"type.googleapis.com/kinds.v1.Kinds.Nested","name":"a"}}"#,
        #"{"any":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"}}"#,
        #"{"any":{}}"#,
    ])
    func `shows an Any as its message`(json: String) throws {
        if json.contains("{}") {
            #expect(try Kinds.print(bytes(hex: "d20200")) == json)
        } else {
            #expect(try Kinds.print(Kinds.encode(json)) == json)
        }
    }

    @Test(arguments: [
        (#"{"any":{"name":"a"}}"#, "any"),
        (#"{"any":{"@type":"nothing"}}"#, "any"),
        (#"{"any":{"@type":"x/kinds.v1.No"}}"#, "any"),
        (#"{"any":{"@type":"x/kinds.v1.Kinds.Nested","name":1}}"#, "any.name"),
        (#"{"any":{"@type":"x/google.protobuf.Duration","value":1}}"#, "any.value"),
        (#"{"struct":{}}"#, "struct"),
        (#"{"mask":"a_b"}"#, "mask"),
        (#"{"int64Wrapper":"x"}"#, "int64Wrapper"),
    ])
    func `refuses other forms`(json: String, path: String) {
        do throws(ProtoJSONError) {
            _ = try Kinds.encode(json)
            Issue.record("accepted")
        } catch {
            #expect(error.path.hasPrefix(path), "\(error)")
        }
    }
}
