// SPDX-License-Identifier: Apache-2.0

import CProtocPlugin

/// A message type.
struct ProtoMessage {
    let fullName: String
    let package: String
    /// Names of the messages around it and its own.
    let path: [String]
    let comment: [String]
    let isMapEntry: Bool
    /// In the order of their numbers.
    let fields: [ProtoField]
    let oneofs: [ProtoOneof]
    let messages: [ProtoMessage]
    let enums: [ProtoEnumeration]

    init(
        _ message: UnsafeMutablePointer<Google__Protobuf__DescriptorProto>, _ scope: Scope,
        at place: [Int32]
    ) throws(PluginError) {
        let name = string(message.pointee.name)
        let inner = scope.inside(name)
        fullName = scope.fullName(name)
        package = scope.package
        path = inner.path
        comment = scope.comments.lines(at: place)
        isMapEntry = message.pointee.options.map { $0.pointee.map_entry != 0 } ?? false
        var fields: [ProtoField] = []
        for (index, field) in pointers(message.pointee.field, message.pointee.n_field).enumerated()
        {
            fields.append(try ProtoField(field, inner, at: place + [2, Int32(index)]))
        }
        self.fields = fields.sorted { $0.number < $1.number }
        oneofs = pointers(message.pointee.oneof_decl, message.pointee.n_oneof_decl).enumerated()
            .map { index, oneof in
                ProtoOneof(
                    name: string(oneof.pointee.name), index: Int32(index),
                    comment: scope.comments.lines(at: place + [8, Int32(index)]))
            }
        var messages: [ProtoMessage] = []
        for (index, nested) in pointers(message.pointee.nested_type, message.pointee.n_nested_type)
            .enumerated()
        {
            messages.append(try ProtoMessage(nested, inner, at: place + [3, Int32(index)]))
        }
        self.messages = messages
        enums = pointers(message.pointee.enum_type, message.pointee.n_enum_type).enumerated().map {
            ProtoEnumeration($1, inner, at: place + [4, Int32($0)])
        }
    }

    var withNested: [ProtoMessage] {
        [self] + messages.flatMap(\.withNested)
    }

    /// The oneof that a field is a member of.
    func oneof(of field: ProtoField) -> ProtoOneof? {
        field.oneofIndex.map { oneofs[Int($0)] }
    }

    func members(of oneof: ProtoOneof) -> [ProtoField] {
        fields.filter { $0.oneofIndex == oneof.index }
    }
}

/// A set of fields of which at most one is present.
struct ProtoOneof {
    let name: String
    let index: Int32
    let comment: [String]
}
