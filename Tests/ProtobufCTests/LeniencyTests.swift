// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import Testing

/// What proto3 asks a decoder to accept although our encoder never writes it.
@Suite struct LeniencyTests {
    @Test func `unknown fields are ignored and dropped, whatever their layout`() throws {
        let unknown =
            Wire.number(100, .max) + Wire.delimited(200, [1, 2, 3])
            + Wire.tag(300, 1) + [UInt8](repeating: 7, count: 8)
            + Wire.tag(536_870_911, 5) + [UInt8](repeating: 7, count: 4)
        let bytes = unknown + Wire.text(1, "x") + unknown
        let value = try Leaf.decode(bytes.span)
        #expect(value == Leaf(text: "x"))
        #expect(value.encoded() == Wire.text(1, "x"))
        #expect(try Empty.decode(unknown.span) == Empty())
    }

    @Test func `scalars may be packed, unpacked or both`() throws {
        let packed = Wire.delimited(5, Wire.varint(1) + Wire.varint(2))
        let unpacked = Wire.number(5, 3) + Wire.number(5, 4)
        #expect(try Repeated.decode((packed + unpacked).span).int32s == [1, 2, 3, 4])
        let other = Wire.delimited(18, Wire.varint(1)) + Wire.number(18, 2)
        #expect(try Repeated.decode(other.span).unpacked == [1, 2])
        let fixed = Wire.tag(7, 5) + [1, 0, 0, 0] + Wire.delimited(7, [2, 0, 0, 0, 3, 0, 0, 0])
        #expect(try Repeated.decode(fixed.span).fixed32s == [1, 2, 3])
        #expect(try Repeated.decode(Wire.delimited(5, []).span).int32s == [])
    }

    @Test func `the last of a scalar that came twice counts`() throws {
        let bytes = Wire.text(1, "first") + Wire.number(2, 1) + Wire.text(1, "last")
        #expect(try Leaf.decode(bytes.span) == Leaf(text: "last", number: 1))
    }

    @Test func `the last member of a oneof counts`() throws {
        let bytes = Wire.text(2, "t") + Wire.delimited(7, Wire.number(2, 5)) + Wire.number(4, 9)
        #expect(try Choices.decode(bytes.span).payload == .number(9))
        let back = bytes + Wire.delimited(7, Wire.text(1, "x"))
        #expect(try Choices.decode(back.span).payload == .leaf(Leaf(text: "x")))
    }

    @Test func `the parts of a message field are merged`() throws {
        let first = Inner(number: 5, text: "kept", numbers: [1]).encoded()
        let second = Inner(numbers: [2, 3], choice: .left("l")).encoded()
        let bytes = Wire.delimited(10, first) + Wire.number(5, 1) + Wire.delimited(10, second)
        let merged = Inner(number: 5, text: "kept", numbers: [1, 2, 3], choice: .left("l"))
        #expect(try Singular.decode(bytes.span) == Singular(anInt32: 1, anInner: merged))
    }

    @Test func `parts are merged on every level`() throws {
        let one = Wire.delimited(5, Wire.text(1, "x"))
        let two = Wire.delimited(5, Wire.number(2, 7))
        let leaf = Leaf(text: "x", number: 7)
        let across = Wire.delimited(10, one) + Wire.delimited(10, two)
        #expect(try Singular.decode(across.span).anInner?.choice == .right(leaf))
        let within = Wire.delimited(10, one + two)
        #expect(
            try Repeated.decode((within + within).span).inners
                == [Inner(choice: .right(leaf)), Inner(choice: .right(leaf))])
    }

    @Test func `parts of a oneof's message are merged unless another member came between`() throws {
        let one = Wire.delimited(7, Wire.text(1, "x"))
        let two = Wire.delimited(7, Wire.number(2, 7))
        #expect(try Choices.decode((one + two).span).payload == .leaf(Leaf(text: "x", number: 7)))
        let parted = one + Wire.number(5, 1) + two
        #expect(try Choices.decode(parted.span).payload == .leaf(Leaf(number: 7)))
        let ended = one + two + Wire.number(5, 1)
        #expect(try Choices.decode(ended.span).payload == .flag(true))
    }

    @Test func `numbers may be padded within their ten bytes`() throws {
        let value: [UInt8] = [0x10, 0x85, 0x80, 0x80, 0x00]
        #expect(try Leaf.decode(value.span).number == 5)
        let tag: [UInt8] = [0x90, 0x80, 0x00, 0x05]
        #expect(try Leaf.decode(tag.span).number == 5)
    }
}
