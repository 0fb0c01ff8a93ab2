// SPDX-License-Identifier: Apache-2.0

/// From the Swift value to wire bytes.
struct EncodeEmitter {
    let types: TypeTable

    func emit(_ message: ProtoMessage, _ code: inout CodeBuffer) {
        code.block("extension \(types.swiftName(message.fullName))") { code in
            code.line("/// Appends the deterministic encoding.")
            code.block("public func encode(into writer: inout ProtobufC.WireWriter)") { code in
                for field in message.fields { emit(field, of: message, &code) }
            }
        }
    }

    private func emit(
        _ field: ProtoField, of message: ProtoMessage, _ code: inout CodeBuffer
    ) {
        let property = "self.\(SwiftName.property(field.name))"
        if let oneof = message.oneof(of: field) {
            code.block(
                "if case .\(SwiftName.property(field.name))(let value) = "
                    + "self.\(SwiftName.property(oneof.name))"
            ) { $0.line(statement(field, "value")) }
        } else if field.isPacked {
            let values = "(\(property), as: \(scalar(field)), field: \(field.number))"
            code.line("writer.writePacked\(values)")
        } else if field.isRepeated, field.kind == .message, !types.isMap(field) {
            code.line("writer.writeMessages(\(property), field: \(field.number))")
        } else if field.isRepeated {
            let entries = types.isMap(field) ? property + ".sortedByKey()" : property
            code.block("for value in \(entries)") { $0.line(statement(field, "value")) }
        } else if message.isMapEntry, field.kind != .message {
            // protoc writes key and value of an entry even at their defaults.
            code.line(statement(field, property))
        } else {
            code.block("if \(isPresent(field, property))") { code in
                code.line(statement(field, field.kind == .message ? "value" : property))
            }
        }
    }

    /// The condition under which a proto3 field is written.
    private func isPresent(_ field: ProtoField, _ property: String) -> String {
        switch field.kind {
        case .message: "let value = \(property)"
        case .string, .bytes: "!\(property).isEmpty"
        case .bool: property
        case .enumeration: "\(property).rawValue != 0"
        // −0.0 is equal to 0 but is not the default.
        case .float, .double: "\(property).bitPattern != 0"
        default: "\(property) != 0"
        }
    }

    private func statement(_ field: ProtoField, _ value: String) -> String {
        let label = "field: \(field.number)"
        return switch field.kind {
        case .string: "writer.writeString(\(value), \(label))"
        case .bytes: "writer.writeBytes(\(value), \(label))"
        case .message: "writer.writeMessage(\(value), \(label))"
        default: "writer.write(\(value), as: \(scalar(field)), \(label))"
        }
    }

    private func scalar(_ field: ProtoField) -> String {
        let name =
            switch field.kind {
            case .double: "Double"
            case .float: "Float"
            case .int64: "Int64"
            case .uint64: "UInt64"
            case .int32: "Int32"
            case .fixed64: "Fixed64"
            case .fixed32: "Fixed32"
            case .bool: "Bool"
            case .uint32: "UInt32"
            case .sfixed32: "SFixed32"
            case .sfixed64: "SFixed64"
            case .sint32: "SInt32"
            case .sint64: "SInt64"
            case .enumeration: "Enum<\(types.elementType(field))>"
            case .string, .bytes, .message: preconditionFailure("not a scalar")
            }
        return "ProtobufC.Wire\(name).self"
    }
}
