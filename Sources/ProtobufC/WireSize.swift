// SPDX-License-Identifier: Apache-2.0

/// How many bytes ``WireWriter`` appends for a value, so that a writer is made once in full size.
public enum WireSize {
    /// A varint: 1 to 10.
    @inlinable
    public static func varint(_ value: UInt64) -> Int {
        (70 - (value | 1).leadingZeroBitCount) / 7
    }

    /// A field's number and layout.
    @inlinable
    public static func tag(_ field: Int) -> Int {
        varint(UInt64(field) << 3)
    }

    /// A length and the bytes it counts.
    @inlinable
    public static func delimited(_ length: Int) -> Int {
        varint(UInt64(length)) + length
    }

    /// A scalar field with its tag.
    @inlinable
    public static func field<Scalar: WireScalar>(
        _ value: Scalar.Value, as scalar: Scalar.Type, field: Int
    ) -> Int {
        tag(field) + Scalar.size(value)
    }

    /// A string field with its tag.
    @inlinable
    public static func string(_ value: String, field: Int) -> Int {
        tag(field) + delimited(value.utf8.count)
    }

    /// A bytes field with its tag.
    @inlinable
    public static func bytes(_ value: [UInt8], field: Int) -> Int {
        tag(field) + delimited(value.count)
    }

    /// A message field with its tag.
    @inlinable
    public static func message<Value: Message>(_ value: Value, field: Int) -> Int {
        tag(field) + delimited(value.encodedSize)
    }

    /// A packed repeated field with its tag; 0 when it has no element.
    @inlinable
    public static func packed<Scalar: WireScalar>(
        _ values: [Scalar.Value], as scalar: Scalar.Type, field: Int
    ) -> Int {
        values.isEmpty ? 0 : tag(field) + delimited(packedContent(values, as: scalar))
    }

    /// The elements of a packed field, tag and length left out.
    @inlinable
    static func packedContent<Scalar: WireScalar>(
        _ values: [Scalar.Value], as scalar: Scalar.Type
    ) -> Int {
        var size = 0
        for value in values { size += Scalar.size(value) }
        return size
    }
}
