// SPDX-License-Identifier: Apache-2.0

import ProtobufC

/// The value of one field as it stands on the wire.
enum WireValue: Sendable, Hashable {
    case varint(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes(ArraySlice<UInt8>)

    /// Whether it is what proto3 leaves out of a field without presence.
    ///
    /// Of floating-point zeros only the positive one is: its bits are all zero.
    var isDefault: Bool {
        switch self {
        case .varint(let value): value == 0
        case .fixed64(let value): value == 0
        case .fixed32(let value): value == 0
        case .bytes(let bytes): bytes.isEmpty
        }
    }
}

/// One field of a message: its number and its value.
struct WireRecord: Sendable, Hashable {
    var number: Int
    var value: WireValue
}

/// Reads the records of one message in their order.
struct WireCursor {
    private let bytes: ArraySlice<UInt8>
    private var offset = 0

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    /// Whether no byte is left.
    var isAtEnd: Bool {
        offset == bytes.count
    }

    /// The next record; nil at the end.
    mutating func next() throws(DecodeError) -> WireRecord? {
        let bytes = self.bytes
        var reader = WireReader(bytes.span, in: offset..<bytes.count)
        guard let field = try reader.nextField() else { return nil }
        let value: WireValue
        switch field.wireType {
        case .varint: value = .varint(try reader.varint())
        case .fixed64: value = .fixed64(try reader.fixed64())
        case .fixed32: value = .fixed32(try reader.fixed32())
        case .lengthDelimited:
            let range = try reader.lengthDelimited()
            let start = bytes.startIndex
            value = .bytes(bytes[start + range.lowerBound..<start + range.upperBound])
        }
        offset = reader.offset
        return WireRecord(number: field.number, value: value)
    }

    /// The next element of a packed field.
    mutating func nextElement(_ layout: WireType) throws(DecodeError) -> WireValue {
        let bytes = self.bytes
        var reader = WireReader(bytes.span, in: offset..<bytes.count)
        let value: WireValue
        switch layout {
        case .varint: value = .varint(try reader.varint())
        case .fixed64: value = .fixed64(try reader.fixed64())
        case .fixed32: value = .fixed32(try reader.fixed32())
        case .lengthDelimited: throw DecodeError(.malformed)
        }
        offset = reader.offset
        return value
    }
}

extension WireWriter {
    /// Appends a record.
    mutating func write(_ value: WireValue, field: Int) {
        switch value {
        case .varint: writeTag(field, .varint)
        case .fixed64: writeTag(field, .fixed64)
        case .fixed32: writeTag(field, .fixed32)
        case .bytes(let bytes): return writeBytes(Array(bytes), field: field)
        }
        writeElement(value)
    }

    /// Appends what a packed field holds; a length-delimited value is never an element.
    mutating func writeElement(_ value: WireValue) {
        switch value {
        case .varint(let value): writeVarint(value)
        case .fixed64(let value): writeFixed64(value)
        case .fixed32(let value): writeFixed32(value)
        case .bytes: assertionFailure("strings, bytes and messages are never packed")
        }
    }
}
