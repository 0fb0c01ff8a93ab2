// SPDX-License-Identifier: Apache-2.0

@testable import ProtoJSON

/// Random messages in canonical JSON, defaults left out, so that they must come back the same.
struct RandomJSON {
    let schema: Schema
    var generator: SeededGenerator

    init(schema: Schema, seed: UInt64) {
        self.schema = schema
        generator = SeededGenerator(seed: seed)
    }

    mutating func message(_ name: String, depth: Int = 1) -> JSONValue {
        switch name {
        case "google.protobuf.Timestamp":
            let seconds = Int64.random(in: -62_135_596_800...253_402_300_799, using: &generator)
            return .string(TimestampText.print(seconds: seconds, nanos: nanos()) ?? "")
        case "google.protobuf.Duration":
            let seconds = Int64.random(in: 0...315_575_999_999, using: &generator)
            return .string(DurationText.print(seconds: seconds, nanos: nanos()) ?? "")
        case "google.protobuf.FieldMask": return .string("a,bC")
        case "google.protobuf.Any":
            return .object([
                JSONMember("@type", .string("type.googleapis.com/google.protobuf.Duration")),
                JSONMember("value", message("google.protobuf.Duration")),
            ])
        case "google.protobuf.Int64Value": return .string("7")
        case "google.protobuf.StringValue": return .string("x")
        default: break
        }
        guard let type = schema.message(named: name) else { return .null }
        var chosen: Set<String> = []
        var members: [JSONMember] = []
        // From behind, so that no member of a oneof is always preferred.
        for field in type.fields.reversed() where depth < 8 && Bool.random(using: &generator) {
            if let oneof = field.oneof, !chosen.insert(oneof).inserted { continue }
            if field.kind == .message("google.protobuf.Struct") { continue }
            if let value = value(of: field, depth: depth) {
                members.append(JSONMember(field.jsonName, value))
            }
        }
        return .object(members.reversed())
    }

    private mutating func value(of field: Field, depth: Int) -> JSONValue? {
        guard field.isRepeated else {
            let value = single(field.kind, depth: depth)
            return field.cardinality == .implicit && isDefault(value) ? nil : value
        }
        let count = Int.random(in: 1...3, using: &generator)
        if case .message(let name) = field.kind, let entry = schema.message(named: name),
            entry.isMapEntry
        {
            return map(entry, depth: depth)
        }
        return .array((0..<count).map { _ in single(field.kind, depth: depth) })
    }

    private mutating func map(_ entry: MessageType, depth: Int) -> JSONValue {
        let key: String
        switch single(entry.fields[0].kind, depth: depth) {
        case .string(let text), .number(let text): key = text
        case .bool(let value): key = String(value)
        case .null, .array, .object: key = ""
        }
        return .object([JSONMember(key, single(entry.fields[1].kind, depth: depth + 1))])
    }

    private mutating func single(_ kind: Field.Kind, depth: Int) -> JSONValue {
        switch kind {
        case .message(let name): return message(name, depth: depth + 1)
        case .enumeration(let name):
            let values = schema.enumeration(named: name)?.values ?? []
            return .string(values.randomElement(using: &generator)?.name ?? "")
        case .scalar(let scalar): return single(scalar)
        }
    }

    private mutating func single(_ kind: ScalarKind) -> JSONValue {
        let bits = generator.next() >> UInt64.random(in: 0...63, using: &generator)
        switch kind {
        case .int32, .sint32, .sfixed32: return .integer(Int32(truncatingIfNeeded: bits))
        case .uint32, .fixed32: return .integer(UInt32(truncatingIfNeeded: bits))
        case .int64, .sint64, .sfixed64: return .string(String(Int64(bitPattern: bits)))
        case .uint64, .fixed64: return .string(String(bits))
        case .double, .float: return .integer(Int16(truncatingIfNeeded: bits))
        case .bool: return .bool(bits & 1 == 1)
        case .bytes:
            let count = Int(bits % 9)
            return .string(Base64.encode((0..<count).map { UInt8(truncatingIfNeeded: $0) }[...]))
        case .string:
            let letters = "aZ09 \"\\/\n\u{1}\u{7F}\u{85}é\u{301}😀中"
            return .string(
                String(
                    (0..<Int(bits % 9)).compactMap { _ in letters.randomElement(using: &generator) }
                )
            )
        }
    }

    private mutating func nanos() -> Int32 {
        Int32.random(in: 0...999_999_999, using: &generator)
    }

    private func isDefault(_ value: JSONValue) -> Bool {
        switch value {
        case .number("0"), .string("0"), .string(""), .bool(false): true
        case .string(let name): name.hasSuffix("_UNSPECIFIED") || name == "UNKNOWN"
        case .null, .bool, .number, .array, .object: false
        }
    }
}
