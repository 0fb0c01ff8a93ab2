// SPDX-License-Identifier: Apache-2.0

/// The visit of what people typed, in a message and below it.
struct FreeTextEmitter {
    let types: TypeTable

    func emit(_ message: ProtoMessage, _ code: inout CodeBuffer) {
        code.block("extension \(types.swiftName(message.fullName))") { code in
            code.line("/// Calls `body` with every free text here and in submessages.")
            code.line("public func visitFreeText<Failure: Swift.Error>(")
            code.indented { code in
                code.line("under path: String,")
                code.line("_ body: (_ fieldPath: String, _ value: String) throws(Failure) -> Void")
            }
            code.block(") throws(Failure)") { code in
                for field in message.fields where isVisited(field) {
                    emit(field, of: message, &code)
                }
            }
        }
    }

    private func isVisited(_ field: ProtoField) -> Bool {
        field.isFreeText || types.message(field.typeName).map(types.hasFreeText) ?? false
    }

    private func emit(_ field: ProtoField, of message: ProtoMessage, _ code: inout CodeBuffer) {
        let name = SwiftName.property(field.name)
        let path = "ProtobufC.joinFieldPath(path, \"\(field.name)\")"
        let opening: String
        if let oneof = message.oneof(of: field) {
            opening = "if case .\(name)(let value) = self.\(SwiftName.property(oneof.name))"
        } else if field.isRepeated {
            opening = "for value in self.\(name)"
        } else if field.kind == .message {
            opening = "if let value = self.\(name)"
        } else {
            opening = "do"
        }
        code.block(opening) { code in
            if opening == "do" { code.line("let value = self.\(name)") }
            if field.kind == .message {
                code.line("try value.visitFreeText(under: \(path), body)")
            } else {
                code.line("if !value.isEmpty { try body(\(path), value) }")
            }
        }
    }
}
