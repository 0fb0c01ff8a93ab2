// SPDX-License-Identifier: Apache-2.0

import ProtobufC

extension ScalarKind {
    /// The JSON value of a scalar on the wire.
    func json(_ value: WireValue) throws(ProtoJSONError) -> JSONValue {
        switch (self, value) {
        case (.double, .fixed64(let bits)): return Self.number(Double(bitPattern: bits))
        case (.float, .fixed32(let bits)): return Self.number(Float(bitPattern: bits))
        case (.int32, .varint(let bits)): return .integer(Int32(truncatingIfNeeded: bits))
        case (.int64, .varint(let bits)): return .string(String(Int64(bitPattern: bits)))
        case (.uint32, .varint(let bits)): return .integer(UInt32(truncatingIfNeeded: bits))
        case (.uint64, .varint(let bits)): return .string(String(bits))
        case (.sint32, .varint(let bits)):
            return .integer(Int32(truncatingIfNeeded: unzigzag(bits & 0xFFFF_FFFF)))
        case (.sint64, .varint(let bits)): return .string(String(unzigzag(bits)))
        case (.fixed32, .fixed32(let bits)): return .integer(bits)
        case (.fixed64, .fixed64(let bits)): return .string(String(bits))
        case (.sfixed32, .fixed32(let bits)): return .integer(Int32(bitPattern: bits))
        case (.sfixed64, .fixed64(let bits)): return .string(String(Int64(bitPattern: bits)))
        case (.bool, .varint(let bits)): return .bool(bits != 0)
        case (.string, .bytes(let bytes)):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw ProtoJSONError(.malformedMessage, detail: "the string is not UTF-8")
            }
            return .string(text)
        case (.bytes, .bytes(let bytes)): return .string(Base64.encode(bytes))
        default:
            throw ProtoJSONError(.malformedMessage, detail: "the wire type does not fit \(name)")
        }
    }

    /// What a field of this type is when it is not on the wire.
    var jsonDefault: JSONValue {
        switch self {
        case .bool: .bool(false)
        case .string, .bytes: .string("")
        case .int64, .uint64, .sint64, .fixed64, .sfixed64: .string("0")
        case .double, .float, .int32, .uint32, .sint32, .fixed32, .sfixed32: .number("0")
        }
    }

    /// Takes the elements of a packed field apart.
    func unpack(_ bytes: ArraySlice<UInt8>) throws(DecodeError) -> [WireValue] {
        var cursor = WireCursor(bytes)
        var values: [WireValue] = []
        while !cursor.isAtEnd { values.append(try cursor.nextElement(layout)) }
        return values
    }

    /// The shortest text that reads back as the same number, or proto3's name of a special value.
    private static func number(
        _ value: some BinaryFloatingPoint & LosslessStringConvertible
    ) -> JSONValue {
        if value.isNaN { return .string("NaN") }
        if value.isInfinite { return .string(value < 0 ? "-Infinity" : "Infinity") }
        let text = value.description
        return .number(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }
}

private func unzigzag(_ bits: UInt64) -> Int64 {
    Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1)
}
