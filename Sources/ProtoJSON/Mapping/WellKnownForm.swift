// SPDX-License-Identifier: Apache-2.0

import ProtobufC

/// The message types that proto3 JSON gives a form of its own.
enum WellKnownForm {
    case timestamp
    case duration
    case fieldMask
    /// `google.protobuf.Int64Value` and its like: the bare value of field 1.
    case wrapper
    case any
    /// Types whose JSON is any JSON; nothing here needs them.
    case unsupported

    init?(_ name: String) {
        guard name.hasPrefix("google.protobuf.") else { return nil }
        switch name.dropFirst("google.protobuf.".count) {
        case "Timestamp": self = .timestamp
        case "Duration": self = .duration
        case "FieldMask": self = .fieldMask
        case "Any": self = .any
        case "DoubleValue", "FloatValue", "Int64Value", "UInt64Value", "Int32Value", "UInt32Value",
            "BoolValue", "StringValue", "BytesValue":
            self = .wrapper
        case "Struct", "Value", "ListValue": self = .unsupported
        default: return nil
        }
    }
}

extension MessageEncoder {
    func encode(
        _ json: JSONValue, as type: MessageType, form: WellKnownForm, depth: Int
    ) throws(ProtoJSONError) -> [UInt8] {
        var output = WireWriter(capacity: 0)
        switch form {
        case .timestamp:
            let moment = try Self.parse(
                json, TimestampText.parse, "a time such as 2026-05-01T09:30:00Z")
            output.write(seconds: moment.seconds, nanos: moment.nanos)
        case .duration:
            let span = try Self.parse(json, DurationText.parse, "a duration such as 1.5s")
            output.write(seconds: span.seconds, nanos: span.nanos)
        case .fieldMask:
            for path in try Self.parse(json, FieldMaskText.parse, "paths such as name,orderId") {
                output.write(.bytes(Array(path.utf8)[...]), field: 1)
            }
        case .wrapper:
            return try encode([JSONMember("value", json)], as: type, depth: depth)
        case .any:
            let (url, message) = try any(json, depth: depth)
            output.write(.bytes(Array(url.utf8)[...]), field: 1)
            if !message.isEmpty { output.write(.bytes(message[...]), field: 2) }
        case .unsupported:
            throw ProtoJSONError(.unknownType, detail: "\(type.name) is not supported")
        }
        return output.finish()
    }

    private static func parse<Value>(
        _ json: JSONValue, _ parse: (String) -> Value?, _ expected: String
    ) throws(ProtoJSONError) -> Value {
        guard case .string(let text) = json, let value = parse(text) else {
            throw ProtoJSONError(.wrongForm, detail: "\(expected) is expected")
        }
        return value
    }

    /// Takes `{"@type": URL, …fields}`, or `{"@type": URL, "value": …}` for types with a form of
    /// their own, apart.
    private func any(
        _ json: JSONValue, depth: Int
    ) throws(ProtoJSONError) -> (url: String, message: [UInt8]) {
        guard case .object(let members) = json, case .string(let url)? = json["@type"],
            url.contains("/")
        else {
            throw ProtoJSONError(
                .wrongForm,
                detail: "an object with a \"@type\" such as "
                    + "type.googleapis.com/google.protobuf.Duration is expected")
        }
        let type = try schema.knownMessage(String(url.typeName))
        let rest = members.filter { $0.key != "@type" }
        guard WellKnownForm(type.name) != nil else {
            return (url, try encode(.object(rest), as: type, depth: depth + 1))
        }
        guard rest.count == 1, rest[0].key == "value" else {
            throw ProtoJSONError(.wrongForm, detail: "\"@type\" and \"value\" are expected")
        }
        do throws(ProtoJSONError) {
            return (url, try encode(rest[0].value, as: type, depth: depth + 1))
        } catch {
            throw error.inside("value")
        }
    }
}

extension MessageDecoder {
    mutating func decode(
        _ bytes: ArraySlice<UInt8>, as type: MessageType, form: WellKnownForm, depth: Int
    ) throws(ProtoJSONError) -> JSONValue {
        let slots = try FieldSlots(bytes, type: type)
        switch form {
        case .timestamp:
            let (seconds, nanos) = try slots.secondsAndNanos()
            return try Self.text(
                TimestampText.print(seconds: seconds, nanos: nanos), "the years 1 to 9999")
        case .duration:
            let (seconds, nanos) = try slots.secondsAndNanos()
            return try Self.text(
                DurationText.print(seconds: seconds, nanos: nanos), "ten thousand years")
        case .fieldMask:
            var paths: [String] = []
            for value in slots.values.first ?? [] {
                guard case .string(let path) = try ScalarKind.string.json(value) else { continue }
                paths.append(path)
            }
            return .string(FieldMaskText.print(paths))
        case .wrapper:
            guard case .scalar(let kind)? = type.fields.first?.kind else { throw .malformed }
            return try slots.values[0].last.map { value throws(ProtoJSONError) in
                try kind.json(value)
            } ?? kind.jsonDefault
        case .any: return try any(slots, depth: depth)
        case .unsupported:
            throw ProtoJSONError(.unknownType, detail: "\(type.name) is not supported")
        }
    }

    private static func text(
        _ text: String?, _ range: String
    ) throws(ProtoJSONError) -> JSONValue {
        guard let text else {
            throw ProtoJSONError(.outOfRange, detail: "the value is outside of \(range)")
        }
        return .string(text)
    }

    private mutating func any(
        _ slots: FieldSlots, depth: Int
    ) throws(ProtoJSONError) -> JSONValue {
        guard slots.values.count == 2 else { throw .malformed }
        guard let urlValue = slots.values[0].last,
            case .string(let url) =
                try ScalarKind.string.json(urlValue)
        else { return .object([]) }
        var content: ArraySlice<UInt8> = []
        if case .bytes(let bytes)? = slots.values[1].last { content = bytes }
        let type = try schema.knownMessage(String(url.typeName))
        let json = try decode(content, as: type, depth: depth + 1)
        let head = JSONMember("@type", .string(url))
        if WellKnownForm(type.name) == nil, case .object(let members) = json {
            return .object([head] + members)
        }
        return .object([head, JSONMember("value", json)])
    }
}

extension FieldSlots {
    /// The two fields that `Timestamp` and `Duration` are made of.
    fileprivate func secondsAndNanos() throws(ProtoJSONError) -> (Int64, Int32) {
        guard values.count == 2 else { throw .malformed }
        var numbers: [UInt64] = []
        for slot in values {
            switch slot.last {
            case .varint(let bits)?: numbers.append(bits)
            case nil: numbers.append(0)
            default: throw .malformed
            }
        }
        return (Int64(bitPattern: numbers[0]), Int32(truncatingIfNeeded: numbers[1]))
    }
}

extension WireWriter {
    fileprivate mutating func write(seconds: Int64, nanos: Int32) {
        if seconds != 0 { write(.varint(UInt64(bitPattern: seconds)), field: 1) }
        if nanos != 0 { write(.varint(UInt64(bitPattern: Int64(nanos))), field: 2) }
    }
}

extension String {
    /// The part of a type URL behind its last slash.
    fileprivate var typeName: Substring {
        self[(lastIndex(of: "/").map { index(after: $0) } ?? startIndex)...]
    }
}
