// SPDX-License-Identifier: Apache-2.0

/// How the bytes after a field's number are laid out.
public enum WireType: UInt8, Sendable, Hashable {
    /// A base-128 number of 1 to 10 bytes.
    case varint = 0
    /// Eight bytes, little-endian.
    case fixed64 = 1
    /// A length as a varint, then that many bytes.
    case lengthDelimited = 2
    /// Four bytes, little-endian.
    case fixed32 = 5
}

/// Number and layout of a field whose content comes next.
public struct WireField: Sendable, Hashable {
    /// 1 to 2^29 − 1.
    public var number: Int

    /// The layout of the content.
    public var wireType: WireType

    /// Makes a field's head.
    public init(number: Int, wireType: WireType) {
        self.number = number
        self.wireType = wireType
    }
}

/// Reads protobuf wire format from borrowed bytes, once, from front to back.
///
/// The reader takes no schema and no memory. It refuses what no encoder writes: a field number
/// of 0, a group, a varint that does not fit 64 bits (or 32, for a tag or a length), a length past
/// the end. Every refusal is ``DecodeError/Reason/malformed``; after one the reader is of no use.
///
/// ```swift
/// var reader = WireReader(bytes)
/// while let field = try reader.nextField() {
///     switch (field.number, field.wireType) {
///     case (1, .lengthDelimited): service = try reader.string()
///     default: try reader.skip(field.wireType)
///     }
/// }
/// ```
public struct WireReader: ~Escapable {
    private let bytes: Span<UInt8>
    private let end: Int

    /// Where the next byte is read, counted from the start of the span.
    public private(set) var offset: Int

    /// Reads all of `bytes`.
    @_lifetime(copy bytes)
    public init(_ bytes: Span<UInt8>) {
        self.bytes = bytes
        self.offset = 0
        self.end = bytes.count
    }

    /// Reads one part of `bytes`; offsets stay those of the whole span.
    ///
    /// - Precondition: the range lies inside the span.
    @_lifetime(copy bytes)
    public init(_ bytes: Span<UInt8>, in range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
        self.bytes = bytes
        self.offset = range.lowerBound
        self.end = range.upperBound
    }

    /// The next field, or nil at the end.
    @inline(__always)
    public mutating func nextField() throws(DecodeError) -> WireField? {
        guard offset < end else { return nil }
        let tag = try varint32()
        guard tag >> 3 != 0, let wireType = WireType(rawValue: UInt8(tag & 7)) else {
            throw DecodeError(.malformed)
        }
        return WireField(number: Int(tag >> 3), wireType: wireType)
    }

    /// The content of a varint field.
    public mutating func varint() throws(DecodeError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while offset < end {
            let byte = bytes[unchecked: offset]
            offset += 1
            // The tenth byte has one bit of room.
            if shift == 63, byte > 1 { break }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw DecodeError(.malformed)
    }

    /// The content of a 32-bit field.
    public mutating func fixed32() throws(DecodeError) -> UInt32 {
        guard end - offset >= 4 else { throw DecodeError(.malformed) }
        var value: UInt32 = 0
        for index in 0..<4 {
            value |= UInt32(bytes[unchecked: offset + index]) << UInt32(8 * index)
        }
        offset += 4
        return value
    }

    /// The content of a 64-bit field.
    public mutating func fixed64() throws(DecodeError) -> UInt64 {
        let low = try fixed32()
        let high = try fixed32()
        return UInt64(low) | UInt64(high) << 32
    }

    /// Where the content of a length-delimited field lies in the span, the length left out.
    @inline(__always)
    public mutating func lengthDelimited() throws(DecodeError) -> Range<Int> {
        let length = Int(try varint32())
        guard length <= end - offset else { throw DecodeError(.malformed) }
        let start = offset
        offset += length
        return start..<offset
    }

    /// Passes over the content of a field.
    public mutating func skip(_ wireType: WireType) throws(DecodeError) {
        switch wireType {
        case .varint: _ = try varint()
        case .fixed64: _ = try fixed64()
        case .lengthDelimited: _ = try lengthDelimited()
        case .fixed32: _ = try fixed32()
        }
    }

    /// Tags and lengths: at most five bytes and 32 bits, as libprotobuf-c reads them.
    @inline(__always)
    private mutating func varint32() throws(DecodeError) -> UInt32 {
        if offset < end {
            let byte = bytes[unchecked: offset]
            if byte < 0x80 {
                offset += 1
                return UInt32(byte)
            }
        }
        let start = offset
        let value = try varint()
        guard offset - start <= 5, let narrow = UInt32(exactly: value) else {
            throw DecodeError(.malformed)
        }
        return narrow
    }
}

extension WireReader {
    /// The content of a length-delimited field as text.
    ///
    /// - Throws: ``DecodeError/Reason/invalidUTF8``, ``DecodeError/Reason/containsNUL`` or
    ///   ``DecodeError/Reason/malformed``.
    public mutating func string() throws(DecodeError) -> String {
        let content = bytes.extracting(try lengthDelimited())
        if let fault = textFault(in: content) { throw DecodeError(fault) }
        return content.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// The content of a length-delimited field as bytes of its own.
    public mutating func byteArray() throws(DecodeError) -> [UInt8] {
        let content = bytes.extracting(try lengthDelimited())
        return content.withUnsafeBufferPointer { [UInt8]($0) }
    }
}
