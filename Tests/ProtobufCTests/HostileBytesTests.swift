// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import Testing

/// Bytes that no encoder writes: refused with the right reason, never a crash, never half a value.
@Suite struct HostileBytesTests {
    @Test func `a message cut at any place is refused or is a message of its first fields`() {
        cutEverywhere(Samples.singular)
        cutEverywhere(Samples.repeated)
        // Inside a submessage no cut is a message: the length of the whole no longer fits.
        let nested = Wire.delimited(10, Samples.repeated.encoded())
        for length in 1..<nested.count {
            #expect(refusal(Repeated.self, Array(nested[..<length]))?.reason == .malformed)
        }
    }

    private func cutEverywhere<Value: Message>(_ value: Value) {
        let whole = value.encoded()
        for length in whole.indices {
            let error = refusal(Value.self, Array(whole[..<length]))
            #expect(error == nil || error?.reason == .malformed, "cut at \(length)")
        }
    }

    /// A failure names the seed; the same seed gives the same mutations.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `25,000 mutations of each seed give an error or a value that comes back`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let origins = [
            Samples.repeated.encoded(), Samples.singular.encoded(),
            Choices(before: "b", payload: .inner(Samples.inner(&random)), after: "a").encoded(),
        ]
        var values = 0
        for round in 0..<25_000 {
            var bytes = origins.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, &random) }
            values += comesBack(Repeated.self, bytes, "seed \(seed), round \(round)")
            values += comesBack(Singular.self, bytes, "seed \(seed), round \(round)")
            values += comesBack(Choices.self, bytes, "seed \(seed), round \(round)")
        }
        #expect(values > 1_000, "the mutations of seed \(seed) hardly ever left a message")
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        guard !bytes.isEmpty else { return bytes.append(UInt8(truncatingIfNeeded: random.next())) }
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch random.next() % 5 {
        case 0: bytes[at] ^= 1 << UInt8(random.next() % 8)
        case 1: bytes[at] = UInt8(truncatingIfNeeded: random.next())
        case 2: bytes.remove(at: at)
        case 3: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: at)
        default:
            let from = Int.random(in: 0..<bytes.count, using: &random)
            bytes.insert(contentsOf: bytes[from..<min(from + 12, bytes.count)], at: at)
        }
    }

    /// 1 for a value, 0 for an error.
    ///
    /// Values are compared by their bytes: a NaN is not equal to itself.
    private func comesBack<Value: Message>(
        _ type: Value.Type, _ bytes: [UInt8], _ comment: Comment
    ) -> Int {
        guard let value = try? Value.decode(bytes.span) else { return 0 }
        let encoded = value.encoded()
        let again = try? Value.decode(encoded.span)
        #expect(again?.encoded() == encoded, comment)
        return 1
    }

    @Test func `nothing but noise is survived`() {
        var random = SplitMix(seed: 99)
        for _ in 0..<20_000 {
            let noise = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8(truncatingIfNeeded: random.next())
            }
            _ = comesBack(Repeated.self, noise, "seed 99")
        }
    }

    @Test(
        arguments: [
            ("field number 0", [0x00, 0x00]),
            ("a padded field number 0", [0x80, 0x00, 0x00]),
            ("a group's start", [0x0B]),
            ("a group's end", [0x0C]),
            ("layout 6", [0x0E, 0x00]),
            ("layout 7", [0x0F, 0x00]),
            ("an unknown group", [0xA3, 0x06]),
            ("a tag of more than 32 bits", [0x8A, 0x80, 0x80, 0x80, 0x10, 0x00]),
            ("a tag of six bytes", [0x8A, 0x80, 0x80, 0x80, 0x80, 0x00, 0x00]),
            ("a tag without an end", [0x8A, 0x80]),
            ("a number without an end", [0x10, 0x80, 0x80]),
            ("a number of eleven bytes", [0x10] + [UInt8](repeating: 0x80, count: 10) + [0x01]),
            ("a number of more than 64 bits", [0x10] + [UInt8](repeating: 0xFF, count: 9) + [0x02]),
            (
                "an unknown number of eleven bytes",
                [0x50] + [UInt8](repeating: 0x80, count: 10) + [0x01]
            ),
            ("a length past the end", [0x0A, 0x02, 0x61]),
            ("a length of 4 GiB", [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]),
            ("a length of six bytes", [0x0A, 0x81, 0x80, 0x80, 0x80, 0x80, 0x00, 0x61]),
            ("a length of more than 32 bits", [0x0A, 0x81, 0x80, 0x80, 0x80, 0x10, 0x61]),
            ("a number for a string", [0x08, 0x01]),
            ("bytes for a number", [0x12, 0x01, 0x01]),
            ("32 bits for a number", [0x15, 0, 0, 0, 0]),
            ("64 bits of which seven are there", [0x51, 0, 0, 0, 0, 0, 0, 0]),
        ] as [(String, [UInt8])])
    func `is malformed:`(what: String, bytes: [UInt8]) {
        #expect(refusal(Leaf.self, bytes)?.reason == .malformed, "\(what)")
    }

    @Test func `a packed field is checked inside`() {
        let cut = Wire.delimited(5, [0x01, 0x80])
        #expect(refusal(Repeated.self, cut) == DecodeError(.malformed, field: "int32s"))
        let odd = Wire.delimited(7, [1, 2, 3, 4, 5])
        #expect(refusal(Repeated.self, odd) == DecodeError(.malformed, field: "fixed32s"))
        let long = Wire.delimited(8, [UInt8](repeating: 0x80, count: 10) + [0x01])
        #expect(refusal(Repeated.self, long) == DecodeError(.malformed, field: "bools"))
    }

    @Test(arguments: ["\0", "a\0", "\0a", "1234567\0", "12345678\0", "ü\0", "12345678é1234567\0x"])
    func `a NUL in a string is refused`(text: String) {
        #expect(refusal(Leaf.self, Wire.text(1, text)) == DecodeError(.containsNUL, field: "text"))
    }

    @Test func `the error names the way to the field`() {
        let bytes = Wire.delimited(10, Wire.delimited(5, Wire.delimited(1, [0xFF])))
        #expect(
            refusal(Repeated.self, bytes)
                == DecodeError(.invalidUTF8, field: "inners.right.text"))
    }

    @Test func `a NUL in bytes and in unknown fields is of no concern`() throws {
        #expect(refusal(Choices.self, Wire.delimited(3, [0])) == nil)
        #expect(refusal(Leaf.self, Wire.delimited(9, [0, 0xFF])) == nil)
    }
}
