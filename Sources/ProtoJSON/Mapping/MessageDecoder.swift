// SPDX-License-Identifier: Apache-2.0

/// Reads messages into JSON values.
struct MessageDecoder {
    let schema: Schema
    let options: JSONOptions
    let depthMax: Int
    private var valuesLeft: Int

    init(schema: Schema, options: JSONOptions, limits: ProtoJSONLimits) {
        self.schema = schema
        self.options = options
        depthMax = limits.messageDepthMax
        valuesLeft = limits.valuesMax
    }

    mutating func decode(
        _ bytes: ArraySlice<UInt8>, as type: MessageType, depth: Int
    ) throws(ProtoJSONError) -> JSONValue {
        guard depth <= depthMax else {
            throw ProtoJSONError(
                .limitExceeded, detail: "messages are nested deeper than \(depthMax) levels")
        }
        if let form = WellKnownForm(type.name) {
            return try decode(bytes, as: type, form: form, depth: depth)
        }
        let slots = try FieldSlots(bytes, type: type)
        var members: [JSONMember] = []
        for (field, values) in zip(type.fields, slots.values) {
            let key = options.usesProtoNames ? field.name : field.jsonName
            do throws(ProtoJSONError) {
                if let json = try json(values, field: field, depth: depth) {
                    members.append(JSONMember(key, json))
                }
            } catch {
                throw error.inside(key)
            }
        }
        return .object(members)
    }

    private mutating func json(
        _ values: [WireValue], field: Field, depth: Int
    ) throws(ProtoJSONError) -> JSONValue? {
        switch field.cardinality {
        case .implicit:
            guard let value = values.last, !value.isDefault else {
                return options.includesDefaults ? try defaultValue(field.kind) : nil
            }
            return try json(value, kind: field.kind, depth: depth)
        case .optional:
            guard let value = values.last else { return nil }
            return try json(value, kind: field.kind, depth: depth)
        case .repeated:
            if case .message(let name) = field.kind, let entry = schema.message(named: name),
                entry.isMapEntry
            {
                return values.isEmpty && !options.includesDefaults
                    ? nil : try map(values, entry: entry, depth: depth)
            }
            return values.isEmpty && !options.includesDefaults
                ? nil : try list(values, kind: field.kind, depth: depth)
        }
    }

    private mutating func list(
        _ values: [WireValue], kind: Field.Kind, depth: Int
    ) throws(ProtoJSONError) -> JSONValue {
        var elements: [JSONValue] = []
        for (index, value) in values.enumerated() {
            do throws(ProtoJSONError) {
                elements.append(try json(value, kind: kind, depth: depth))
            } catch {
                throw error.inside("[\(index)]")
            }
        }
        return .array(elements)
    }

    /// A map in the order of its keys' texts; the last of two entries with one key wins.
    private mutating func map(
        _ values: [WireValue], entry: MessageType, depth: Int
    ) throws(ProtoJSONError) -> JSONValue {
        guard entry.fields.count == 2 else {
            throw ProtoJSONError(.unknownType, detail: "\(entry.name) is no entry of a map")
        }
        guard depth < depthMax else {
            throw ProtoJSONError(
                .limitExceeded, detail: "messages are nested deeper than \(depthMax) levels")
        }
        var members: [String: JSONValue] = [:]
        for value in values {
            guard case .bytes(let bytes) = value else { throw .malformed }
            let slots = try FieldSlots(bytes, type: entry)
            let key: String
            switch try json(slots.values[0].last, kind: entry.fields[0].kind, depth: depth) {
            case .string(let text), .number(let text): key = text
            case .bool(let value): key = value ? "true" : "false"
            case .null, .array, .object: throw .malformed
            }
            do throws(ProtoJSONError) {
                members[key] = try json(
                    slots.values[1].last, kind: entry.fields[1].kind, depth: depth + 1)
            } catch {
                throw error.inside("[\"\(key)\"]")
            }
        }
        return .object(
            members.sorted { $0.key < $1.key }.map { JSONMember($0.key, $0.value) })
    }

    /// A value of a map entry, which is there even when the wire leaves it out.
    private mutating func json(
        _ value: WireValue?, kind: Field.Kind, depth: Int
    ) throws(ProtoJSONError) -> JSONValue {
        if let value { return try json(value, kind: kind, depth: depth) }
        if case .message = kind { return try json(.bytes([]), kind: kind, depth: depth) }
        return try defaultValue(kind)
    }

    private mutating func json(
        _ value: WireValue, kind: Field.Kind, depth: Int
    ) throws(ProtoJSONError) -> JSONValue {
        try count()
        switch kind {
        case .scalar(let scalar): return try scalar.json(value)
        case .enumeration(let name):
            guard case .varint(let bits) = value else { throw .malformed }
            let number = Int32(truncatingIfNeeded: bits)
            return try schema.knownEnumeration(name).name(of: number).map { .string($0) }
                ?? .integer(number)
        case .message(let name):
            guard case .bytes(let bytes) = value else { throw .malformed }
            return try decode(bytes, as: try schema.knownMessage(name), depth: depth + 1)
        }
    }

    private mutating func defaultValue(_ kind: Field.Kind) throws(ProtoJSONError) -> JSONValue {
        try count()
        switch kind {
        case .scalar(let scalar): return scalar.jsonDefault
        case .enumeration(let name):
            return try schema.knownEnumeration(name).name(of: 0).map { .string($0) } ?? .integer(0)
        case .message: return .null
        }
    }

    /// Holds the size of the document to its bound: few bytes can stand for many members when
    /// defaults are shown.
    private mutating func count() throws(ProtoJSONError) {
        valuesLeft -= 1
        guard valuesLeft >= 0 else {
            throw ProtoJSONError(.limitExceeded, detail: "the message has too many values")
        }
    }
}

extension ProtoJSONError {
    static var malformed: ProtoJSONError {
        ProtoJSONError(.malformedMessage, detail: "the bytes are no message of this type")
    }
}
