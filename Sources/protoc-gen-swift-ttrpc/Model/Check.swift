// SPDX-License-Identifier: Apache-2.0

/// What a proto file may not use, since one of the parts behind it cannot carry it.
enum Check {
    static func all(_ files: [ProtoFile], _ types: TypeTable) throws(PluginError) {
        var owners: [String: String] = [:]
        for file in files {
            guard file.isProto3 else { throw PluginError("\(file.name): only proto3 is supported") }
            for message in file.allMessages {
                try refuseRecursion(message, types, above: [])
                try refuseForeignFreeText(message)
            }
            let names =
                file.messages.map { ($0.path, $0.package, $0.fullName) }
                + file.enums.map { ($0.path, $0.package, $0.fullName) }
            for (path, package, fullName) in names {
                let swiftName = SwiftName.type(path, package: package)
                if let other = owners.updateValue(fullName, forKey: swiftName) {
                    throw PluginError(
                        "\(other) and \(fullName) would both be \(swiftName) in Swift")
                }
            }
        }
    }

    /// libprotobuf-c has no limit of nesting, and a Swift struct cannot hold itself.
    private static func refuseRecursion(
        _ message: ProtoMessage, _ types: TypeTable, above: [String]
    ) throws(PluginError) {
        guard !above.contains(message.fullName) else {
            throw PluginError("\(message.fullName) is recursive")
        }
        for field in message.fields where field.kind == .message {
            guard let inner = types.message(field.typeName) else { continue }
            try refuseRecursion(inner, types, above: above + [message.fullName])
        }
    }

    private static func refuseForeignFreeText(_ message: ProtoMessage) throws(PluginError) {
        for field in message.fields where field.isFreeText && field.kind != .string {
            throw PluginError("\(message.fullName).\(field.name): only a string can be free text")
        }
    }
}
