// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import Testing

@Suite struct WireReaderTests {
    @Test func `reads field by field what a writer wrote`() throws {
        var writer = WireWriter(capacity: 0)
        writer.write(-1, as: WireInt64.self, field: 1)
        writer.writeString("text", field: 2)
        writer.write(7, as: WireFixed32.self, field: 3)
        writer.write(8, as: WireFixed64.self, field: 536_870_911)
        writer.writeBytes([1, 2], field: 5)
        let bytes = writer.finish()
        var reader = WireReader(bytes.span)
        #expect(try reader.nextField() == WireField(number: 1, wireType: .varint))
        #expect(try reader.varint() == .max)
        #expect(try reader.nextField() == WireField(number: 2, wireType: .lengthDelimited))
        #expect(try reader.string() == "text")
        #expect(try reader.nextField() == WireField(number: 3, wireType: .fixed32))
        #expect(try reader.fixed32() == 7)
        #expect(try reader.nextField() == WireField(number: 536_870_911, wireType: .fixed64))
        #expect(try reader.fixed64() == 8)
        #expect(try reader.nextField() == WireField(number: 5, wireType: .lengthDelimited))
        let range = try reader.lengthDelimited()
        #expect(Array(bytes[range]) == [1, 2])
        #expect(try reader.nextField() == nil)
    }

    @Test func `a reader of a part ends where the part ends`() throws {
        let bytes: [UInt8] = [0xFF, 0x08, 0x05, 0xFF]
        var reader = WireReader(bytes.span, in: 1..<3)
        #expect(try reader.nextField()?.number == 1)
        #expect(try reader.varint() == 5)
        #expect(reader.offset == 3)
        #expect(try reader.nextField() == nil)
    }

    @Test(arguments: [0, 1, 127, 128, 16_383, 16_384, 1 << 35, .max >> 1, .max] as [UInt64])
    func `a number takes as many bytes as its size says and comes back`(number: UInt64) throws {
        let bytes = Wire.varint(number)
        #expect(bytes.count == WireSize.varint(number))
        var reader = WireReader(bytes.span)
        #expect(try reader.varint() == number)
    }

    @Test func `the size of a number is right at every power of two`() {
        for shift in 0..<64 {
            for number in [UInt64(1) << shift, (UInt64(1) << shift) &- 1] {
                #expect(Wire.varint(number).count == WireSize.varint(number))
            }
        }
    }
}
