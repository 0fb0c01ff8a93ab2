// SPDX-License-Identifier: Apache-2.0

import TTRPC

/// A generator whose numbers follow from its seed.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func next(below bound: Int) -> Int {
        Int.random(in: 0..<bound, using: &self)
    }

    /// A frame that is right, damaged, or noise.
    mutating func hostileFrame() -> [UInt8] {
        let id = UInt32(truncatingIfNeeded: next(below: 40))
        let names = ["C", "Hold", "Hold", "Later", "Twice", "Drop", "Nope", "S", "U", "B", "Late"]
        let name = names[next(below: names.count)]
        let flags = FrameFlags(rawValue: UInt8(next(below: 8)))
        switch next(below: 16) {
        case 12: return request(id | 1, name, [4], metadata: ["x-ext": "window"], flags: flags)
        case 13: return frame(id | 1, type: 3, flags: flags.rawValue, [1])
        case 14: return frame(id | 1, type: 0x10)
        case 15:
            return frame(id | 1, type: 0x11, (0..<8).map { _ in UInt8(next(below: 256)) })
        case 0...4:
            return request(id | 1, name, timeoutNanoseconds: Int64(next(below: 1_000)))
        case 5: return request(id, name, timeoutNanoseconds: Int64(bitPattern: next()))
        case 6:
            var bytes = request(id | 1, name, [1, 2, 3], metadata: ["k": "v"])
            bytes[10 + next(below: bytes.count - 10)] = UInt8(truncatingIfNeeded: next())
            return bytes
        case 7:
            let noise = (0..<next(below: 40)).map { _ in UInt8(truncatingIfNeeded: next()) }
            return frame(id, type: UInt8(next(below: 5)), flags: UInt8(next(below: 256)), noise)
        case 8: return frame(id, type: UInt8(truncatingIfNeeded: next()), [])
        case 9: return frame(UInt32(truncatingIfNeeded: next()) | 1, type: 3, [1])
        case 10 where next(below: 20) == 0:
            return (0..<20).map { _ in UInt8(truncatingIfNeeded: next()) }
        default: return request(UInt32(truncatingIfNeeded: next()) | 1, name)
        }
    }
}
