// SPDX-License-Identifier: Apache-2.0

import ProtobufC

/// Writes messages from JSON values.
struct MessageEncoder {
    let schema: Schema
    let depthMax: Int

    func encode(
        _ json: JSONValue, as type: MessageType, depth: Int
    ) throws(ProtoJSONError) -> [UInt8] {
        guard depth <= depthMax else {
            throw ProtoJSONError(
                .limitExceeded, detail: "messages are nested deeper than \(depthMax) levels")
        }
        if let form = WellKnownForm(type.name) {
            return try encode(json, as: type, form: form, depth: depth)
        }
        guard case .object(let members) = json else {
            throw ProtoJSONError(
                .wrongForm, detail: "an object is expected for \(type.name), not \(json.kindName)")
        }
        return try encode(members, as: type, depth: depth)
    }

    /// Writes the fields of an ordinary message in the order of their numbers.
    func encode(
        _ members: [JSONMember], as type: MessageType, depth: Int
    ) throws(ProtoJSONError) -> [UInt8] {
        var given = [JSONMember?](repeating: nil, count: type.fields.count)
        for member in members {
            guard let index = type.index(ofKey: member.key) else {
                throw ProtoJSONError(
                    .unknownField, path: member.key, detail: "\(type.name) has no such field")
            }
            if let other = given[index] {
                throw ProtoJSONError(
                    .conflictingFields, path: member.key,
                    detail: "the field is there already, as \(other.key)")
            }
            given[index] = member
        }
        var output = WireWriter(capacity: 0)
        var chosen: [String: String] = [:]
        for (field, member) in zip(type.fields, given) {
            guard let member, member.value != .null else { continue }
            if let oneof = field.oneof, let other = chosen.updateValue(member.key, forKey: oneof) {
                throw ProtoJSONError(
                    .conflictingFields, path: member.key,
                    detail: "only one member of \(oneof) can be given, and \(other) is")
            }
            do throws(ProtoJSONError) {
                try write(member.value, field: field, depth: depth, to: &output)
            } catch {
                throw error.inside(member.key)
            }
        }
        return output.finish()
    }

    private func write(
        _ json: JSONValue, field: Field, depth: Int, to output: inout WireWriter
    ) throws(ProtoJSONError) {
        switch field.cardinality {
        case .implicit:
            let value = try wireValue(json, kind: field.kind, depth: depth)
            if !value.isDefault { output.write(value, field: field.number) }
        case .optional:
            output.write(
                try wireValue(json, kind: field.kind, depth: depth), field: field.number)
        case .repeated(let isPacked):
            if case .message(let name) = field.kind, let entry = schema.message(named: name),
                entry.isMapEntry
            {
                try writeMap(json, entry: entry, number: field.number, depth: depth, to: &output)
            } else {
                let values = try elements(json, kind: field.kind, depth: depth)
                output.write(values, field: field.number, isPacked: isPacked)
            }
        }
    }

    private func elements(
        _ json: JSONValue, kind: Field.Kind, depth: Int
    ) throws(ProtoJSONError) -> [WireValue] {
        guard case .array(let elements) = json else {
            throw ProtoJSONError(
                .wrongForm, detail: "an array is expected, not \(json.kindName)")
        }
        var values: [WireValue] = []
        for (index, element) in elements.enumerated() {
            do throws(ProtoJSONError) {
                values.append(try wireValue(element, kind: kind, depth: depth))
            } catch {
                throw error.inside("[\(index)]")
            }
        }
        return values
    }

    private func writeMap(
        _ json: JSONValue, entry: MessageType, number: Int, depth: Int,
        to output: inout WireWriter
    ) throws(ProtoJSONError) {
        guard case .object(let members) = json, entry.fields.count == 2 else {
            throw ProtoJSONError(.wrongForm, detail: "an object is expected, not \(json.kindName)")
        }
        for member in members {
            do throws(ProtoJSONError) {
                var pair = WireWriter(capacity: 0)
                let key = try mapKey(member.key, kind: entry.fields[0].kind)
                pair.write(key, field: 1)
                pair.write(
                    try wireValue(member.value, kind: entry.fields[1].kind, depth: depth + 1),
                    field: 2)
                output.write(.bytes(pair.finish()[...]), field: number)
            } catch {
                throw error.inside("[\"\(member.key)\"]")
            }
        }
    }

    private func mapKey(_ key: String, kind: Field.Kind) throws(ProtoJSONError) -> WireValue {
        guard case .scalar(let scalar) = kind else {
            throw ProtoJSONError(.wrongForm, detail: "no such key of a map")
        }
        // A key is always a string in JSON; where the type's own form is a boolean, unwrap it.
        switch (scalar, key) {
        case (.bool, "true"): return .varint(1)
        case (.bool, "false"): return .varint(0)
        default: return try scalar.wireValue(.string(key))
        }
    }

    private func wireValue(
        _ json: JSONValue, kind: Field.Kind, depth: Int
    ) throws(ProtoJSONError) -> WireValue {
        switch kind {
        case .scalar(let scalar): return try scalar.wireValue(json)
        case .enumeration(let name): return try schema.knownEnumeration(name).wireValue(json)
        case .message(let name):
            let type = try schema.knownMessage(name)
            return .bytes(try encode(json, as: type, depth: depth + 1)[...])
        }
    }
}

extension WireWriter {
    fileprivate mutating func write(_ values: [WireValue], field: Int, isPacked: Bool) {
        guard isPacked else {
            for value in values { write(value, field: field) }
            return
        }
        if values.isEmpty { return }
        var packed = WireWriter(capacity: 0)
        for value in values { packed.writeElement(value) }
        writeBytes(packed.finish(), field: field)
    }
}

extension EnumType {
    /// The number of a value that JSON gives by its name or by its number.
    fileprivate func wireValue(_ json: JSONValue) throws(ProtoJSONError) -> WireValue {
        switch json {
        case .string(let name):
            guard let number = number(of: name) else {
                let known = values.prefix(20).map(\.name).joined(separator: ", ")
                throw ProtoJSONError(
                    .unknownEnumValue,
                    detail: "no value \"\(name)\" of \(self.name); it has \(known)")
            }
            return .varint(UInt64(bitPattern: Int64(number)))
        case .number: return try ScalarKind.int32.wireValue(json)
        case .null, .bool, .array, .object:
            throw ProtoJSONError(
                .wrongForm, detail: "a value of \(name) is expected, not \(json.kindName)")
        }
    }
}
