// SPDX-License-Identifier: Apache-2.0

/// The Swift struct of a message, with the types nested in it.
struct MessageEmitter {
    let types: TypeTable

    /// A stored property of the struct.
    private struct Property {
        let name: String
        let type: String
        let initial: String
        let comment: [String]
    }

    func emit(_ message: ProtoMessage, _ code: inout CodeBuffer) {
        let own = message.path[message.path.count - 1]
        let type = SwiftName.typeComponent(own, package: message.package)
        let properties = properties(of: message)
        code.documentation(message.comment)
        let conformance = message.isMapEntry ? "MapEntry" : "Message"
        code.block("public struct \(type): ProtobufC.\(conformance)") { code in
            code.line("/// The full name in the proto.")
            code.line("public static var protoName: String { \"\(message.fullName)\" }")
            for property in properties {
                code.line()
                code.documentation(property.comment)
                code.line("public var \(property.name): \(property.type) = \(property.initial)")
            }
            code.line()
            code.line("/// A message with every field at its default.")
            code.line("public init() {}")
            if !properties.isEmpty {
                code.line()
                memberwise(properties, &code)
            }
            for oneof in message.oneofs {
                code.line()
                emit(oneof, of: message, &code)
            }
            for enumeration in message.enums {
                code.line()
                EnumEmitter().emit(enumeration, &code)
            }
            for nested in message.messages {
                code.line()
                emit(nested, &code)
            }
        }
    }

    /// One for each field outside of oneofs and one for each oneof, where its first member stands.
    private func properties(of message: ProtoMessage) -> [Property] {
        var seen: Set<Int32> = []
        return message.fields.compactMap { field in
            if let oneof = message.oneof(of: field) {
                guard seen.insert(oneof.index).inserted else { return nil }
                return Property(
                    name: SwiftName.property(oneof.name),
                    type: SwiftName.oneofType(oneof.name) + "?", initial: "nil",
                    comment: oneof.comment)
            }
            let element = types.elementType(field)
            let (type, initial) =
                switch (field.isRepeated, field.kind) {
                case (true, _): ("[\(element)]", "[]")
                case (_, .message): ("\(element)?", "nil")
                case (_, .enumeration): (element, "\(element)()")
                case (_, .string): (element, "\"\"")
                case (_, .bytes): (element, "[]")
                case (_, .bool): (element, "false")
                default: (element, "0")
                }
            return Property(
                name: SwiftName.property(field.name), type: type, initial: initial,
                comment: field.comment)
        }
    }

    private func memberwise(_ properties: [Property], _ code: inout CodeBuffer) {
        code.line("/// A message with some fields set.")
        code.line("public init(")
        code.indented { code in
            for (index, property) in properties.enumerated() {
                let comma = index == properties.count - 1 ? "" : ","
                code.line("\(property.name): \(property.type) = \(property.initial)\(comma)")
            }
        }
        code.block(")") { code in
            for property in properties { code.line("self.\(property.name) = \(property.name)") }
        }
    }

    private func emit(_ oneof: ProtoOneof, of message: ProtoMessage, _ code: inout CodeBuffer) {
        code.documentation(oneof.comment)
        code.block("public enum \(SwiftName.oneofType(oneof.name)): Sendable, Hashable") { code in
            for field in message.members(of: oneof) {
                code.documentation(field.comment)
                code.line("case \(SwiftName.property(field.name))(\(types.elementType(field)))")
            }
        }
    }
}
