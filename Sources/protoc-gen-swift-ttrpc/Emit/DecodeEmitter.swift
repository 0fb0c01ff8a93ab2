// SPDX-License-Identifier: Apache-2.0

/// From protoc-c's struct to the Swift value.
struct DecodeEmitter {
    let types: TypeTable

    func emit(_ message: ProtoMessage, _ code: inout CodeBuffer) {
        let type = types.swiftName(message.fullName)
        let cType = CName.type(message.fullName)
        code.block("extension \(type)") { code in
            code.line("/// protoc-c's table of the fields.")
            code.line(
                "private static let schema = ProtobufC.MessageSchema(\(cType).self) "
                    + "{ \(CName.initializer(message.fullName))($0) }")
            code.line()
            code.line("/// Decodes one whole message; see `ProtobufC.Message`.")
            code.block(
                "public static func decode(_ bytes: Span<UInt8>, limits: ProtobufC.DecodeLimits) "
                    + "throws(ProtobufC.DecodeError) -> \(type)"
            ) { code in
                code.line(
                    "try ProtobufC.UnpackedMessage(bytes, as: schema, limits: limits)"
                )
                code.indented {
                    $0.line(".convert(\(cType).self) { \(type)(unpacked: $0) }")
                }
            }
            code.line()
            code.block("init(unpacked c: UnsafePointer<\(cType)>)") { code in
                code.line("self.init()")
                for field in message.fields where field.oneofIndex == nil {
                    code.line("self.\(SwiftName.property(field.name)) = \(value(of: field))")
                }
                for oneof in message.oneofs { emit(oneof, of: message, &code) }
            }
        }
    }

    private func emit(_ oneof: ProtoOneof, of message: ProtoMessage, _ code: inout CodeBuffer) {
        let property = SwiftName.property(oneof.name)
        code.block("switch c.pointee.\(CName.oneofCase(oneof.name)).rawValue") { code in
            for field in message.members(of: oneof) {
                let name = SwiftName.property(field.name)
                let source = "c.pointee.\(CName.member(field.name))"
                let value =
                    field.kind == .message
                    ? "ProtobufC.CFields.message(\(source)) "
                        + "{ .\(name)(\(types.elementType(field))(unpacked: $0)) }"
                    : ".\(name)(\(element(field, source)))"
                code.line("case \(field.number): self.\(property) = \(value)")
            }
            code.line("default: break")
        }
    }

    private func value(of field: ProtoField) -> String {
        let source = "c.pointee.\(CName.member(field.name))"
        let type = types.elementType(field)
        guard field.isRepeated else {
            return field.kind == .message
                ? "ProtobufC.CFields.message(\(source)) { \(type)(unpacked: $0) }"
                : element(field, source)
        }
        let list = "\(source), c.pointee.\(CName.count(field.name))"
        switch field.kind {
        case .message:
            let messages = "ProtobufC.CFields.messages(\(list)) { \(type)(unpacked: $0) }"
            return types.isMap(field) ? messages + ".sortedByKey()" : messages
        case .string, .bytes, .bool, .enumeration:
            return "ProtobufC.CFields.array(\(list)) { \(element(field, "$0")) }"
        default:
            return "ProtobufC.CFields.array(\(list))"
        }
    }

    /// One value out of an expression of C's type for it.
    private func element(_ field: ProtoField, _ source: String) -> String {
        switch field.kind {
        case .string: "ProtobufC.CFields.string(\(source))"
        case .bytes: "ProtobufC.CFields.bytes(\(source))"
        case .bool: "\(source) != 0"
        case .enumeration:
            "\(types.elementType(field))(rawValue: Int32(truncatingIfNeeded: \(source).rawValue))"
        default: source
        }
    }
}
