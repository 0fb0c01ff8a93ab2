// SPDX-License-Identifier: Apache-2.0

/// Message types and services, known at run time from compiled proto files.
///
/// A schema is built once, from the descriptors that a program embeds, and then maps any of its
/// messages between protobuf's wire format and its canonical JSON.
public struct Schema: Sendable {
    /// All services, in the order of the files.
    public let services: [Service]

    private let messages: [String: MessageType]
    private let enumerations: [String: EnumType]

    /// Builds the schema of these files and of nothing else.
    ///
    /// - Parameter files: serialized `google.protobuf.FileDescriptorProto`s, in any order, with all
    ///   that they import as far as their types are used; with `source_code_info` if comments
    ///   are wanted.
    /// - Throws: ``SchemaError``: malformed or unsupported descriptors, names that are there twice
    ///   or not at all. A schema that was built never fails at a look-up of its own types.
    public init(files: [[UInt8]]) throws(SchemaError) {
        var draft = SchemaDraft()
        for file in files {
            try draft.add(try FileDescriptor(file))
        }
        try draft.checkReferences()
        services = draft.services
        messages = draft.messages
        enumerations = draft.enumerations
    }

    /// All message types but map entries, sorted by name.
    public var messageTypes: [MessageType] {
        messages.values.filter { !$0.isMapEntry }.sorted { $0.name < $1.name }
    }

    /// All enums, sorted by name.
    public var enumTypes: [EnumType] {
        enumerations.values.sorted { $0.name < $1.name }
    }

    /// The message type with this full name.
    public func message(named name: String) -> MessageType? {
        messages[name]
    }

    /// The enum with this full name.
    public func enumeration(named name: String) -> EnumType? {
        enumerations[name]
    }

    /// The service with this full name, or else the only one whose name ends with it: both
    /// `aftersales.v1.OrderService` and `OrderService`.
    public func service(named name: String) -> Service? {
        if let service = services.first(where: { $0.name == name }) { return service }
        let matching = services.filter { $0.name.hasSuffix("." + name) }
        return matching.count == 1 ? matching.first : nil
    }

    /// The method of a path `SERVICE/METHOD` or `SERVICE.METHOD`, the service as
    /// ``service(named:)`` takes it.
    public func method(_ path: String) -> Method? {
        guard let end = path.lastIndex(of: path.contains("/") ? "/" : ".") else { return nil }
        let name = String(path[path.index(after: end)...])
        return service(named: String(path[..<end]))?.method(named: name)
    }
}

/// A schema in the making.
private struct SchemaDraft {
    var files: Set<String> = []
    var messages: [String: MessageType] = [:]
    var enumerations: [String: EnumType] = [:]
    var services: [Service] = []
    private var names: Set<String> = []

    mutating func add(_ file: FileDescriptor) throws(SchemaError) {
        guard files.insert(file.name).inserted else {
            throw SchemaError(.duplicateName, name: file.name)
        }
        for message in file.messages {
            try claim(message.name)
            messages[message.name] = message
        }
        for enumeration in file.enumerations {
            try claim(enumeration.name)
            enumerations[enumeration.name] = enumeration
        }
        for service in file.services {
            try claim(service.name)
            services.append(service)
        }
    }

    func checkReferences() throws(SchemaError) {
        for message in messages.values {
            for field in message.fields {
                let isKnown =
                    switch field.kind {
                    case .scalar: true
                    case .message(let name): messages[name] != nil
                    case .enumeration(let name): enumerations[name] != nil
                    }
                guard isKnown else {
                    throw SchemaError(.unknownType, name: message.name + "." + field.name)
                }
            }
        }
        for method in services.flatMap(\.methods) {
            guard messages[method.input] != nil, messages[method.output] != nil else {
                throw SchemaError(.unknownType, name: method.fullName)
            }
        }
    }

    private mutating func claim(_ name: String) throws(SchemaError) {
        guard names.insert(name).inserted else { throw SchemaError(.duplicateName, name: name) }
    }
}
