// SPDX-License-Identifier: Apache-2.0

/// Appends protobuf fields to an array; a field at its proto3 default is left out.
struct FieldWriter {
    private(set) var bytes: [UInt8] = []

    /// A field of any varint type but sint.
    mutating func varint(_ number: Int, _ value: UInt64) {
        guard value != 0 else {
            return
        }
        raw(UInt64(number) << 3)
        raw(value)
    }

    /// A string field.
    mutating func string(_ number: Int, _ value: String) {
        guard !value.isEmpty else {
            return
        }
        delimited(number, count: value.utf8.count)
        bytes.append(contentsOf: value.utf8)
    }

    /// A bytes field.
    mutating func bytes(_ number: Int, _ value: [UInt8]) {
        guard !value.isEmpty else {
            return
        }
        delimited(number, count: value.count)
        bytes.append(contentsOf: value)
    }

    /// A message field, written even if the message is empty.
    mutating func message(_ number: Int, _ body: (inout FieldWriter) -> Void) {
        var nested = FieldWriter()
        body(&nested)
        delimited(number, count: nested.bytes.count)
        bytes.append(contentsOf: nested.bytes)
    }

    private mutating func delimited(_ number: Int, count: Int) {
        raw(UInt64(number) << 3 | 2)
        raw(UInt64(count))
    }

    private mutating func raw(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}
