// SPDX-License-Identifier: Apache-2.0

/// Appends protobuf wire format to bytes that it owns.
///
/// Nothing is left out here: that a proto3 default is not written is decided by the caller. Made
/// with the exact size, the writer takes its storage once, and submessages are written in place.
public struct WireWriter: Sendable {
    @usableFromInline
    internal var bytes: [UInt8] = []

    /// An empty writer with room for `capacity` bytes.
    @inlinable
    public init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    /// How many bytes were written.
    @inlinable
    public var count: Int { bytes.count }

    /// The bytes written.
    @inlinable
    public consuming func finish() -> [UInt8] {
        bytes
    }

    /// Appends a base-128 varint.
    @inlinable
    public mutating func writeVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Appends four bytes, little-endian.
    @inlinable
    public mutating func writeFixed32(_ value: UInt32) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Appends eight bytes, little-endian.
    @inlinable
    public mutating func writeFixed64(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Appends a field's number and layout; its content must come next.
    @inlinable
    public mutating func writeTag(_ field: Int, _ wireType: WireType) {
        writeVarint(UInt64(field) << 3 | UInt64(wireType.rawValue))
    }

    /// Appends a scalar field.
    @inlinable
    public mutating func write<Scalar: WireScalar>(
        _ value: Scalar.Value, as scalar: Scalar.Type, field: Int
    ) {
        writeTag(field, Scalar.wireType)
        Scalar.write(value, to: &self)
    }

    /// Appends a string field.
    @inlinable
    public mutating func writeString(_ value: String, field: Int) {
        writeTag(field, .lengthDelimited)
        let text = value.utf8
        writeVarint(UInt64(text.count))
        bytes.append(contentsOf: text)
    }

    /// Appends a bytes field.
    @inlinable
    public mutating func writeBytes(_ value: [UInt8], field: Int) {
        writeTag(field, .lengthDelimited)
        writeVarint(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    /// Appends a message field, its content in place.
    @inlinable
    public mutating func writeMessage<Value: Message>(_ value: Value, field: Int) {
        writeTag(field, .lengthDelimited)
        writeVarint(UInt64(value.encodedSize))
        value.encode(into: &self)
    }

    /// Appends a packed repeated field; nothing when it has no element.
    @inlinable
    public mutating func writePacked<Scalar: WireScalar>(
        _ values: [Scalar.Value], as scalar: Scalar.Type, field: Int
    ) {
        guard !values.isEmpty else { return }
        writeTag(field, .lengthDelimited)
        writeVarint(UInt64(WireSize.packedContent(values, as: scalar)))
        for value in values { Scalar.write(value, to: &self) }
    }
}
