// SPDX-License-Identifier: Apache-2.0

/// Bytes that are not protobuf.
struct MalformedField: Error {}

/// Walks the fields of one protobuf message without copying it.
///
/// It holds only positions; the bytes are passed to each step, always the same ones. Groups,
/// field number 0, varints of more than 10 bytes and lengths past the end are malformed.
struct FieldCursor {
    /// The tag of one field.
    struct Field {
        var number: UInt64
        var wireType: UInt8
    }

    private var position: Int
    private let end: Int

    /// A cursor over the message that lies in `range` of the bytes.
    init(_ range: Range<Int>) {
        position = range.lowerBound
        end = range.upperBound
    }

    /// The next field's tag, or `nil` at the end of the message.
    mutating func next(_ bytes: Span<UInt8>) throws(MalformedField) -> Field? {
        guard position < end else {
            return nil
        }
        let tag = try rawVarint(bytes)
        let number = tag >> 3
        guard number != 0, number < 1 << 29 else {
            throw MalformedField()
        }
        return Field(number: number, wireType: UInt8(truncatingIfNeeded: tag & 7))
    }

    /// The value of a varint field.
    mutating func varint(
        _ field: Field, _ bytes: Span<UInt8>
    ) throws(MalformedField) -> UInt64 {
        guard field.wireType == 0 else {
            throw MalformedField()
        }
        return try rawVarint(bytes)
    }

    /// Where the value of a length-delimited field lies in the bytes.
    mutating func range(
        _ field: Field, _ bytes: Span<UInt8>
    ) throws(MalformedField) -> Range<Int> {
        guard field.wireType == 2 else {
            throw MalformedField()
        }
        let length = try rawVarint(bytes)
        guard length <= UInt64(end - position) else {
            throw MalformedField()
        }
        let start = position
        position += Int(length)
        return start..<position
    }

    /// A cursor over the message that is the value of a field.
    mutating func nested(
        _ field: Field, _ bytes: Span<UInt8>
    ) throws(MalformedField) -> FieldCursor {
        FieldCursor(try range(field, bytes))
    }

    /// The value of a string field, which has to be UTF-8.
    mutating func string(
        _ field: Field, _ bytes: Span<UInt8>
    ) throws(MalformedField) -> String {
        let range = try range(field, bytes)
        return try bytes.text(in: range)
    }

    /// The value of a message field of two strings: an entry of a map, a pair of metadata.
    mutating func pair(
        _ field: Field, _ bytes: Span<UInt8>
    ) throws(MalformedField) -> (key: String, value: String) {
        var nested = try nested(field, bytes)
        var pair = (key: "", value: "")
        while let inner = try nested.next(bytes) {
            switch inner.number {
            case 1: pair.key = try nested.string(inner, bytes)
            case 2: pair.value = try nested.string(inner, bytes)
            default: try nested.skip(inner, bytes)
            }
        }
        return pair
    }

    /// Steps over the value of a field that nobody asked for.
    mutating func skip(_ field: Field, _ bytes: Span<UInt8>) throws(MalformedField) {
        switch field.wireType {
        case 0: _ = try rawVarint(bytes)
        case 1: try advance(8)
        case 2: _ = try range(field, bytes)
        case 5: try advance(4)
        default: throw MalformedField()
        }
    }

    private mutating func advance(_ count: Int) throws(MalformedField) {
        guard count <= end - position else {
            throw MalformedField()
        }
        position += count
    }

    private mutating func rawVarint(_ bytes: Span<UInt8>) throws(MalformedField) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < end, shift < 70 {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 {
                return value
            }
            shift += 7
        }
        throw MalformedField()
    }
}

extension Span where Element == UInt8 {
    /// The text in `range`, which has to be UTF-8.
    func text(in range: Range<Int>) throws(MalformedField) -> String {
        do {
            return String(copying: try UTF8Span(validating: extracting(range)))
        } catch {
            throw MalformedField()
        }
    }

    /// The bytes in `range`, copied.
    func copy(of range: Range<Int>) -> [UInt8] {
        [UInt8](capacity: range.count) { output in
            for index in range {
                output.append(self[index])
            }
        }
    }
}
