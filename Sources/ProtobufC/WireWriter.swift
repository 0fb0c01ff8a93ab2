// SPDX-License-Identifier: Apache-2.0

/// Appends protobuf wire format to bytes that it owns.
public struct WireWriter: Sendable {
    private var bytes: [UInt8] = []

    /// An empty writer with room for `capacity` bytes.
    public init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    /// The bytes written.
    public consuming func finish() -> [UInt8] {
        bytes
    }

    /// Appends a base-128 varint.
    public mutating func writeVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}
