// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import Testing

/// Every limit at its value and one past it.
@Suite struct LimitTests {
    /// A `Level1` with `depth` messages, one in the other, itself included.
    private func nested(_ depth: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 1..<depth { bytes = Wire.delimited(1, bytes) }
        return bytes
    }

    @Test func `32 levels are accepted, 33 are refused`() {
        #expect(refusal(Level1.self, nested(32)) == nil)
        #expect(refusal(Level1.self, nested(33))?.reason == .tooDeep)
        #expect(refusal(Level1.self, nested(34))?.reason == .tooDeep)
    }

    @Test func `repeated elements are counted to the limit, packed or not`() {
        let limits = DecodeLimits(depthMax: 32, repeatedCountMax: 4, memoryBytesMax: 1 << 20)
        func check(_ element: [UInt8], field: String) {
            let four = [element, element, element, element].flatMap(\.self)
            #expect(refusal(Repeated.self, four, limits: limits) == nil)
            #expect(
                refusal(Repeated.self, four + element, limits: limits)
                    == DecodeError(.tooManyElements, field: field))
        }
        check(Wire.text(9, "x"), field: "strings")
        check(Wire.delimited(10, []), field: "inners")
        check(Wire.number(5, 1), field: "int32s")
        check(Wire.delimited(5, [1]), field: "int32s")
        check(Wire.delimited(7, [0, 0, 0, 0]), field: "fixed32s")
        let packed = Wire.delimited(5, [1, 2, 3, 4])
        #expect(refusal(Repeated.self, packed, limits: limits) == nil)
        #expect(
            refusal(Repeated.self, Wire.delimited(5, [1, 2, 3, 4, 5]), limits: limits)?.reason
                == .tooManyElements)
    }

    @Test func `the standard limit of elements is 100,000`() {
        let limit = DecodeLimits.standard.repeatedCountMax
        #expect(limit == 100_000)
        let full = Wire.delimited(8, [UInt8](repeating: 1, count: limit))
        #expect(refusal(Repeated.self, full) == nil)
        #expect(refusal(Repeated.self, full + Wire.number(8, 1))?.reason == .tooManyElements)
    }

    @Test func `4 MiB of empty submessages are refused before memory is taken for them`() {
        let bomb = [[UInt8]](repeating: [0x0A, 0x00], count: 2 << 20).flatMap(\.self)
        #expect(bomb.count == 4 << 20)
        let limits = DecodeLimits(
            depthMax: 32, repeatedCountMax: .max, memoryBytesMax: 16 << 20)
        #expect(refusal(ManyEmpty.self, bomb, limits: limits)?.reason == .memoryExceeded)
        #expect(refusal(ManyEmpty.self, bomb)?.reason == .tooManyElements)
    }

    @Test func `4 MiB of unknown fields are refused before memory is taken for them`() {
        let bomb = [[UInt8]](repeating: [0x08, 0x00], count: 2 << 20).flatMap(\.self)
        #expect(refusal(Empty.self, bomb)?.reason == .memoryExceeded)
    }

    @Test func `a message in 4 MiB of parts stays in the budget`() {
        let part = Wire.delimited(10, Wire.delimited(5, Wire.text(1, "x")))
        let parts = [[UInt8]](repeating: part, count: (4 << 20) / part.count).flatMap(\.self)
        #expect(refusal(Singular.self, parts)?.reason == .memoryExceeded)
    }

    /// The scan must come to what libprotobuf-c takes: one byte of budget less is refused, and
    /// with exactly so much the arena is enough, or unpacking would fail as malformed.
    @Test(arguments: 0..<40)
    func `the memory is computed to the byte`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var bytes = Samples.repeated(&random).encoded()
        for _ in 0..<Int.random(in: 0...60, using: &random) {
            bytes += Wire.number(700, random.next()) + Wire.text(701, "unknown")
        }
        bytes += Wire.delimited(8, [0x81, 0x00, 0x00])
        func reason(_ memory: Int) -> DecodeError.Reason? {
            refusal(
                Repeated.self, bytes,
                limits: DecodeLimits(
                    depthMax: 32, repeatedCountMax: 100, memoryBytesMax: memory))?.reason
        }
        var low = 0
        var high = 1 << 24
        while high - low > 1 {
            let middle = (low + high) / 2
            if reason(middle) == .memoryExceeded { low = middle } else { high = middle }
        }
        #expect(reason(high - 1) == .memoryExceeded, "seed \(seed)")
        #expect(reason(high) == nil, "seed \(seed)")
    }

    @Test func `a depth beyond what the stack bears is cut to the ceiling`() {
        let limits = DecodeLimits(
            depthMax: .max, repeatedCountMax: 100, memoryBytesMax: 1 << 20)
        #expect(DecodeLimits.depthCeiling == 100)
        #expect(refusal(Level1.self, nested(34), limits: limits) == nil)
    }
}
