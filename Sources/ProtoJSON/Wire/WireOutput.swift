// SPDX-License-Identifier: Apache-2.0

/// Appends fields to the bytes of a message.
struct WireOutput {
    private(set) var bytes: [UInt8] = []

    /// Appends a field with its tag.
    mutating func write(_ value: WireValue, number: Int) {
        let wireType: UInt64 =
            switch value {
            case .varint: 0
            case .fixed64: 1
            case .bytes: 2
            case .fixed32: 5
            }
        writeVarint(UInt64(number) << 3 | wireType)
        write(bare: value)
    }

    /// Appends a value without tag, as a packed field has it.
    mutating func write(bare value: WireValue) {
        switch value {
        case .varint(let value): writeVarint(value)
        case .fixed64(let value): writeFixed(value, count: 8)
        case .fixed32(let value): writeFixed(UInt64(value), count: 4)
        case .bytes(let value):
            writeVarint(UInt64(value.count))
            bytes.append(contentsOf: value)
        }
    }

    private mutating func writeVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    private mutating func writeFixed(_ value: UInt64, count: Int) {
        for index in 0..<count {
            bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(index))))
        }
    }
}
