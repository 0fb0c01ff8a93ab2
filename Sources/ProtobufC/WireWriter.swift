// SPDX-License-Identifier: Apache-2.0

/// Appends protobuf wire format to bytes that it owns.
///
/// Nothing is left out here: that a proto3 default is not written is decided by the caller.
/// Submessages are written in place, in one pass: one byte is kept for a length, and the content
/// is moved up in the rarer case that its length takes more.
public struct WireWriter: ~Copyable {
    @usableFromInline
    internal var storage: UnsafeMutablePointer<UInt8>

    @usableFromInline
    internal var capacity: Int

    @usableFromInline
    internal var length: Int

    /// How many bytes were written.
    public var count: Int { length }

    /// An empty writer with room for `capacity` bytes; it grows as it must.
    public init(capacity: Int) {
        self.capacity = max(capacity, 64)
        storage = .allocate(capacity: self.capacity)
        length = 0
    }

    deinit {
        storage.deallocate()
    }

    /// The bytes written.
    public consuming func finish() -> [UInt8] {
        [UInt8](UnsafeBufferPointer(start: storage, count: length))
    }

    /// Makes room for so many bytes more.
    @inlinable
    internal mutating func reserve(_ byteCount: Int) {
        if capacity - length < byteCount {
            grow(by: byteCount)
        }
    }

    @usableFromInline
    internal mutating func grow(by byteCount: Int) {
        capacity = max(2 * capacity, length + byteCount)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: storage, count: length)
        storage.deallocate()
        storage = larger
    }

    /// Appends bytes as they are.
    internal mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        reserve(bytes.count)
        (storage + length).update(from: start, count: bytes.count)
        length += bytes.count
    }

    /// Appends a base-128 varint.
    @inlinable
    public mutating func writeVarint(_ value: UInt64) {
        // Most are tags, lengths and small numbers.
        if value < 0x80, length < capacity {
            storage[length] = UInt8(truncatingIfNeeded: value)
            length += 1
        } else {
            writeLongVarint(value)
        }
    }

    @usableFromInline
    internal mutating func writeLongVarint(_ value: UInt64) {
        reserve(10)
        put(value, at: storage + length)
        length += WireSize.varint(value)
    }

    private func put(_ value: UInt64, at start: UnsafeMutablePointer<UInt8>) {
        var rest = value
        var next = start
        while rest >= 0x80 {
            next.pointee = UInt8(truncatingIfNeeded: rest) | 0x80
            rest >>= 7
            next += 1
        }
        next.pointee = UInt8(truncatingIfNeeded: rest)
    }

    /// Appends four bytes, little-endian.
    public mutating func writeFixed32(_ value: UInt32) {
        withUnsafeBytes(of: value.littleEndian) { append($0.assumingMemoryBound(to: UInt8.self)) }
    }

    /// Appends eight bytes, little-endian.
    public mutating func writeFixed64(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { append($0.assumingMemoryBound(to: UInt8.self)) }
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
    public mutating func writeString(_ value: String, field: Int) {
        writeTag(field, .lengthDelimited)
        var value = value
        value.withUTF8 { text in
            writeVarint(UInt64(text.count))
            append(text)
        }
    }

    /// Appends a bytes field.
    public mutating func writeBytes(_ value: [UInt8], field: Int) {
        writeTag(field, .lengthDelimited)
        writeVarint(UInt64(value.count))
        value.withUnsafeBufferPointer { append($0) }
    }

    /// Appends a message field, its content in place.
    @inlinable
    public mutating func writeMessage<Value: Message>(_ value: Value, field: Int) {
        writeDelimited(field: field) { value.encode(into: &$0) }
    }

    /// Appends a repeated message field, each element's content in place.
    @inlinable
    public mutating func writeMessages<Value: Message>(_ values: [Value], field: Int) {
        // An element in place is borrowed; one that a loop takes out is copied, text by text.
        values.withUnsafeBufferPointer { values in
            for index in values.indices { writeMessage(values[index], field: field) }
        }
    }

    /// Appends a packed repeated field; nothing when it has no element.
    @inlinable
    public mutating func writePacked<Scalar: WireScalar>(
        _ values: [Scalar.Value], as scalar: Scalar.Type, field: Int
    ) {
        guard !values.isEmpty else { return }
        writeDelimited(field: field) { writer in
            for value in values { Scalar.write(value, to: &writer) }
        }
    }

    /// Appends a field whose content, written by `body`, goes behind its length.
    @inlinable
    public mutating func writeDelimited(field: Int, _ body: (inout WireWriter) -> Void) {
        writeTag(field, .lengthDelimited)
        let start = beginDelimited()
        body(&self)
        endDelimited(start)
    }

    /// Keeps a byte for a length; where the content starts.
    @usableFromInline
    internal mutating func beginDelimited() -> Int {
        reserve(1)
        length += 1
        return length
    }

    @usableFromInline
    internal mutating func endDelimited(_ start: Int) {
        let byteCount = length - start
        let extra = WireSize.varint(UInt64(byteCount)) - 1
        if extra > 0 {
            reserve(extra)
            (storage + start + extra).update(from: storage + start, count: byteCount)
            length += extra
        }
        put(UInt64(byteCount), at: storage + start - 1)
    }
}
