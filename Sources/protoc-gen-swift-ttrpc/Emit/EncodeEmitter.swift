// SPDX-License-Identifier: Apache-2.0

/// From the Swift value to wire bytes: their number, and themselves.
struct EncodeEmitter {
    let types: TypeTable

    /// The two functions have one shape and differ in what they do with a field.
    private enum Pass {
        case size
        case write
    }

    func emit(_ message: ProtoMessage, _ code: inout CodeBuffer) {
        code.block("extension \(types.swiftName(message.fullName))") { code in
            code.line("/// How many bytes `encode(into:)` writes.")
            code.block("public var encodedSize: Int") { code in
                guard !message.fields.isEmpty else { return code.line("0") }
                code.line("var size = 0")
                for field in message.fields { emit(field, of: message, .size, &code) }
                code.line("return size")
            }
            code.line()
            code.line("/// Appends the deterministic encoding.")
            code.block("public func encode(into writer: inout ProtobufC.WireWriter)") { code in
                for field in message.fields { emit(field, of: message, .write, &code) }
            }
        }
    }

    private func emit(
        _ field: ProtoField, of message: ProtoMessage, _ pass: Pass, _ code: inout CodeBuffer
    ) {
        let property = "self.\(SwiftName.property(field.name))"
        if let oneof = message.oneof(of: field) {
            code.block(
                "if case .\(SwiftName.property(field.name))(let value) = "
                    + "self.\(SwiftName.property(oneof.name))"
            ) { $0.line(statement(field, "value", pass)) }
        } else if field.isPacked {
            let values = "(\(property), as: \(scalar(field)), field: \(field.number))"
            code.line(
                pass == .size
                    ? "size += ProtobufC.WireSize.packed\(values)" : "writer.writePacked\(values)")
        } else if field.isRepeated {
            let entries = types.isMap(field) ? property + ".sortedByKey()" : property
            code.block("for value in \(entries)") { $0.line(statement(field, "value", pass)) }
        } else if message.isMapEntry, field.kind != .message {
            // protoc writes key and value of an entry even at their defaults.
            code.line(statement(field, property, pass))
        } else {
            code.block("if \(isPresent(field, property))") { code in
                code.line(statement(field, field.kind == .message ? "value" : property, pass))
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

    private func statement(_ field: ProtoField, _ value: String, _ pass: Pass) -> String {
        let label = "field: \(field.number)"
        return switch (pass, field.kind) {
        case (.size, .string): "size += ProtobufC.WireSize.string(\(value), \(label))"
        case (.size, .bytes): "size += ProtobufC.WireSize.bytes(\(value), \(label))"
        case (.size, .message): "size += ProtobufC.WireSize.message(\(value), \(label))"
        case (.size, _):
            "size += ProtobufC.WireSize.field(\(value), as: \(scalar(field)), \(label))"
        case (.write, .string): "writer.writeString(\(value), \(label))"
        case (.write, .bytes): "writer.writeBytes(\(value), \(label))"
        case (.write, .message): "writer.writeMessage(\(value), \(label))"
        case (.write, _): "writer.write(\(value), as: \(scalar(field)), \(label))"
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
