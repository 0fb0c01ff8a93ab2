// SPDX-License-Identifier: Apache-2.0

/// How many bytes parts of the wire format take.
public enum WireSize {
    /// A varint: 1 to 10.
    @inlinable
    public static func varint(_ value: UInt64) -> Int {
        (70 - (value | 1).leadingZeroBitCount) / 7
    }

    /// A length and the bytes it counts.
    @inlinable
    public static func delimited(_ length: Int) -> Int {
        varint(UInt64(length)) + length
    }
}
