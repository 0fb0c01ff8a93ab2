// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import Testing

@Suite struct RoundTripTests {
    @Test func `every kind of field comes back as it was`() throws {
        let bytes = Samples.singular.encoded()
        #expect(try Singular.decode(bytes.span) == Samples.singular)
    }

    @Test func `every kind of repeated field comes back as it was`() throws {
        let bytes = Samples.repeated.encoded()
        #expect(try Repeated.decode(bytes.span) == Samples.repeated)
    }

    @Test(arguments: Samples.payloads)
    func `a oneof keeps which member is set, even at its default`(
        payload: Choices.Payload?
    ) throws {
        let value = Choices(before: "b", payload: payload, after: "a")
        #expect(try Choices.decode(value.encoded().span) == value)
    }

    @Test(arguments: 0..<20)
    func `random values come back and have the size they say`(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        for _ in 0..<100 {
            let value = Samples.repeated(&random)
            let bytes = value.encoded()
            #expect(try Repeated.decode(bytes.span) == value, "seed \(seed)")
        }
    }

    @Test func `a default is not written`() {
        #expect(Singular().encoded().isEmpty)
        #expect(Repeated().encoded().isEmpty)
        #expect(Choices().encoded().isEmpty)
        #expect(Empty().encoded().isEmpty)
    }

    @Test func `no bytes are a message of defaults`() throws {
        let nothing: [UInt8] = []
        #expect(try Singular.decode(nothing.span) == Singular())
        #expect(try Empty.decode(nothing.span) == Empty())
    }

    @Test func `negative zero is not the default`() throws {
        let value = Singular(aDouble: -0.0, aFloat: -0.0)
        #expect(value.encoded().count == 9 + 5)
        #expect(try Singular.decode(value.encoded().span).aDouble.sign == .minus)
    }

    @Test func `a message field tells empty from absent`() throws {
        let present = Singular(anInner: Inner())
        #expect(present.encoded() == [0x52, 0x00])
        #expect(try Singular.decode(present.encoded().span).anInner == Inner())
        let nothing: [UInt8] = []
        #expect(try Singular.decode(nothing.span).anInner == nil)
    }

    @Test(arguments: [Int32.min, -1, 3, 99, .max])
    func `an enum number that the contract does not name is kept`(number: Int32) throws {
        let value = Singular(aState: .unrecognized(number))
        #expect(try Singular.decode(value.encoded().span).aState == .unrecognized(number))
    }

    @Test func `fields are written in the order of their numbers, members of a oneof too`() {
        let value = Choices(before: "b", payload: .inner(Inner()), after: "a")
        #expect(value.encoded() == Wire.text(1, "b") + Wire.text(8, "a") + Wire.delimited(9, []))
    }

    @Test func `fields in any order decode to one value, which has one encoding`() throws {
        let bytes = Wire.text(8, "a") + Wire.text(2, "t") + Wire.text(1, "b")
        let value = try Choices.decode(bytes.span)
        #expect(value == Choices(before: "b", payload: .text("t"), after: "a"))
        #expect(value.encoded() == Wire.text(1, "b") + Wire.text(2, "t") + Wire.text(8, "a"))
    }

    @Test func `the entries of a map are sorted by key, the last of a key counting`() throws {
        let entries = [("b", "1"), ("a", "2"), ("b", "3")].map { key, value in
            Repeated.LabelsEntry(key: key, value: value)
        }
        let sorted = [("a", "2"), ("b", "3")].map { key, value in
            Repeated.LabelsEntry(key: key, value: value)
        }
        let bytes = entries.flatMap { Wire.delimited(19, $0.encoded()) }
        #expect(try Repeated.decode(bytes.span).labels == sorted)
        #expect(Repeated(labels: entries).encoded() == Repeated(labels: sorted).encoded())
    }
}
