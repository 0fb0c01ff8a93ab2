// SPDX-License-Identifier: Apache-2.0

import ProtobufC

/// Fields at their proto3 default are left out.
extension WireWriter {
    mutating func varint(_ field: Int, _ value: UInt64) {
        guard value != 0 else {
            return
        }
        writeTag(field, .varint)
        writeVarint(value)
    }

    mutating func string(_ field: Int, _ value: String) {
        if !value.isEmpty {
            writeString(value, field: field)
        }
    }

    mutating func bytes(_ field: Int, _ value: [UInt8]) {
        if !value.isEmpty {
            writeBytes(value, field: field)
        }
    }

    /// A message field, written even if the message is empty.
    mutating func message(_ field: Int, _ body: (inout WireWriter) -> Void) {
        writeDelimited(field: field, body)
    }
}
