// SPDX-License-Identifier: Apache-2.0

/// All message and enum types that a run knows, by full proto name.
struct TypeTable {
    private var swiftNames: [String: String] = [:]
    private var messages: [String: ProtoMessage] = [:]
    private var enums: [String: ProtoEnumeration] = [:]

    init(_ files: [ProtoFile]) throws(PluginError) {
        for file in files {
            for enumeration in file.enums { add(enumeration) }
            for message in file.allMessages {
                messages[message.fullName] = message
                swiftNames[message.fullName] = SwiftName.type(
                    message.path, package: message.package)
                for enumeration in message.enums { add(enumeration) }
            }
        }
    }

    private mutating func add(_ enumeration: ProtoEnumeration) {
        enums[enumeration.fullName] = enumeration
        swiftNames[enumeration.fullName] = SwiftName.type(
            enumeration.path, package: enumeration.package)
    }

    /// The Swift type of a message or enum.
    func swiftName(_ fullName: String) -> String {
        swiftNames[fullName] ?? fullName
    }

    func message(_ fullName: String) -> ProtoMessage? {
        messages[fullName]
    }

    /// The Swift type of one value of a field.
    func elementType(_ field: ProtoField) -> String {
        switch field.kind {
        case .double: "Double"
        case .float: "Float"
        case .int64, .sint64, .sfixed64: "Int64"
        case .uint64, .fixed64: "UInt64"
        case .int32, .sint32, .sfixed32: "Int32"
        case .uint32, .fixed32: "UInt32"
        case .bool: "Bool"
        case .string: "String"
        case .bytes: "[UInt8]"
        case .message, .enumeration: swiftName(field.typeName)
        }
    }

    /// Whether a field is a proto map.
    func isMap(_ field: ProtoField) -> Bool {
        field.isRepeated && field.kind == .message && messages[field.typeName]?.isMapEntry == true
    }

    /// Whether free text is in the message or in anything below it.
    ///
    /// It ends, since messages are not recursive.
    func hasFreeText(_ message: ProtoMessage) -> Bool {
        message.fields.contains { field in
            field.isFreeText
                || field.kind == .message && messages[field.typeName].map(hasFreeText) ?? false
        }
    }
}
