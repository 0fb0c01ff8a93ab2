// SPDX-License-Identifier: Apache-2.0

import NIOCore
import ProtobufC

/// How many bytes fields take on the wire; field numbers are below 16.
enum FieldSize {
    /// A string, bytes or message field with its tag; 0 for one that is empty and so left out.
    static func delimited(_ count: Int) -> Int {
        count == 0 ? 0 : 1 + WireSize.delimited(count)
    }
}

extension ByteBuffer {
    mutating func writeVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            writeInteger(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        writeInteger(UInt8(truncatingIfNeeded: rest))
    }

    mutating func writeStringField(_ number: UInt64, _ value: String) {
        let count = value.utf8.count
        guard count > 0 else {
            return
        }
        writeVarint(number << 3 | 2)
        writeVarint(UInt64(count))
        writeString(value)
    }

    mutating func writeBytesField(_ number: UInt64, _ value: [UInt8]) {
        guard !value.isEmpty else {
            return
        }
        writeVarint(number << 3 | 2)
        writeVarint(UInt64(value.count))
        writeBytes(value)
    }
}
