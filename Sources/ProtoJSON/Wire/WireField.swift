// SPDX-License-Identifier: Apache-2.0

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
struct WireField: Sendable, Hashable {
    var number: Int
    var value: WireValue
}

/// The bytes are no protobuf message.
struct WireError: Error, Sendable, Hashable {}

/// Reads the fields of one message in their order.
struct WireCursor {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// Whether no byte is left.
    var isAtEnd: Bool {
        rest.isEmpty
    }

    /// The next field; nil at the end.
    ///
    /// Truncated fields, field number 0 and groups, which proto3 does not have, are errors.
    mutating func next() throws(WireError) -> WireField? {
        if rest.isEmpty { return nil }
        let tag = try varint()
        guard tag >> 3 > 0, tag >> 3 < 1 << 29 else { throw WireError() }
        let number = Int(tag >> 3)
        switch tag & 7 {
        case 0: return WireField(number: number, value: .varint(try varint()))
        case 1: return WireField(number: number, value: .fixed64(try fixed(8)))
        case 2:
            let length = try varint()
            guard length <= UInt64(rest.count) else { throw WireError() }
            return WireField(number: number, value: .bytes(take(Int(length))))
        case 5:
            let value = UInt32(truncatingIfNeeded: try fixed(4))
            return WireField(number: number, value: .fixed32(value))
        default: throw WireError()
        }
    }

    /// A base-128 varint of at most 64 bits.
    mutating func varint() throws(WireError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            guard let byte = rest.popFirst() else { throw WireError() }
            guard shift < 63 || byte <= 1 else { throw WireError() }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw WireError()
    }

    /// Little-endian bytes as an integer.
    mutating func fixed(_ count: Int) throws(WireError) -> UInt64 {
        guard rest.count >= count else { throw WireError() }
        return take(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        let taken = rest.prefix(count)
        rest = rest.dropFirst(count)
        return taken
    }
}
