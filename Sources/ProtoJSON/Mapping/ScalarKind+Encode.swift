// SPDX-License-Identifier: Apache-2.0

extension ScalarKind {
    /// The wire value of a scalar in JSON.
    func wireValue(_ json: JSONValue) throws(ProtoJSONError) -> WireValue {
        switch self {
        case .double: return .fixed64(try double(json).bitPattern)
        case .float: return .fixed32(try float(json).bitPattern)
        case .int32: return .varint(UInt64(bitPattern: Int64(try integer(json) as Int32)))
        case .int64: return .varint(UInt64(bitPattern: try integer(json)))
        case .uint32: return .varint(UInt64(try integer(json) as UInt32))
        case .uint64: return .varint(try integer(json))
        case .sint32: return .varint(UInt64(zigzag(try integer(json) as Int32)))
        case .sint64: return .varint(zigzag(try integer(json) as Int64))
        case .fixed32: return .fixed32(try integer(json))
        case .fixed64: return .fixed64(try integer(json))
        case .sfixed32: return .fixed32(UInt32(bitPattern: try integer(json)))
        case .sfixed64: return .fixed64(UInt64(bitPattern: try integer(json)))
        case .bool:
            guard case .bool(let value) = json else { throw wrongForm(json, "true or false") }
            return .varint(value ? 1 : 0)
        case .string:
            guard case .string(let text) = json else { throw wrongForm(json, "a string") }
            return .bytes(Array(text.utf8)[...])
        case .bytes:
            guard case .string(let text) = json else { throw wrongForm(json, "base64 text") }
            guard let bytes = Base64.decode(text) else {
                throw ProtoJSONError(.wrongForm, detail: "the text is not base64")
            }
            return .bytes(bytes[...])
        }
    }

    /// An integer, from a number or from a string that holds one.
    private func integer<Value: FixedWidthInteger>(
        _ json: JSONValue
    ) throws(ProtoJSONError) -> Value {
        guard let text = numberText(json) else { throw wrongForm(json, "an integer") }
        do throws(JSONNumber.Failure) {
            return try JSONNumber.integer(text)
        } catch {
            switch error {
            case .notIntegral:
                throw ProtoJSONError(.wrongForm, detail: "an integer is expected, not \(text)")
            case .outOfRange:
                throw ProtoJSONError(.outOfRange, detail: "the number does not fit \(name)")
            }
        }
    }

    private func double(_ json: JSONValue) throws(ProtoJSONError) -> Double {
        if case .string(let text) = json, let special = Double(special: text) { return special }
        guard let text = numberText(json), let value = Double(text) else {
            throw wrongForm(json, "a number")
        }
        guard value.isFinite else {
            throw ProtoJSONError(.outOfRange, detail: "the number does not fit \(name)")
        }
        return value
    }

    private func float(_ json: JSONValue) throws(ProtoJSONError) -> Float {
        if case .string(let text) = json, let special = Float(special: text) { return special }
        guard let text = numberText(json), let value = Float(text) else {
            throw wrongForm(json, "a number")
        }
        guard value.isFinite else {
            throw ProtoJSONError(.outOfRange, detail: "the number does not fit \(name)")
        }
        return value
    }

    /// The text of a number, which proto3 JSON allows in quotes.
    private func numberText(_ json: JSONValue) -> String? {
        switch json {
        case .number(let text): text
        case .string(let text): JSONNumber.isNumber(text) ? text : nil
        case .null, .bool, .array, .object: nil
        }
    }

    private func wrongForm(_ json: JSONValue, _ expected: String) -> ProtoJSONError {
        if case .string = json {
            return ProtoJSONError(
                .wrongForm, detail: "\(expected) is expected, not this string")
        }
        return ProtoJSONError(
            .wrongForm, detail: "\(expected) is expected, not \(json.kindName)")
    }
}

/// Small magnitudes of either sign as small unsigned numbers.
private func zigzag<Value: FixedWidthInteger & SignedInteger>(_ value: Value) -> Value.Magnitude
where Value.Magnitude: FixedWidthInteger {
    Value.Magnitude(truncatingIfNeeded: (value << 1) ^ (value >> (Value.bitWidth - 1)))
}

extension BinaryFloatingPoint {
    /// The values that JSON has no number for, by proto3's names.
    fileprivate init?(special name: String) {
        switch name {
        case "NaN": self = .nan
        case "Infinity": self = .infinity
        case "-Infinity": self = -.infinity
        default: return nil
        }
    }
}
