// SPDX-License-Identifier: Apache-2.0

import ProtobufC

/// What a schema needs out of one `google.protobuf.FileDescriptorProto`.
///
/// Parsed from wire bytes by hand: field numbers are those of `google/protobuf/descriptor.proto`.
struct FileDescriptor {
    private(set) var name = ""
    private(set) var messages: [MessageType] = []
    private(set) var enumerations: [EnumType] = []
    private(set) var services: [Service] = []

    private var package = ""
    private var isProto3 = false
    private var comments = CommentTable()

    init(_ bytes: [UInt8]) throws(SchemaError) {
        let parts: Parts
        do throws(DecodeError) {
            parts = try Parts(bytes[...])
            name = parts.name
            package = parts.package
            comments = try CommentTable(sourceCodeInfo: parts.sourceCodeInfo)
        } catch {
            throw SchemaError(.malformed, name: name)
        }
        guard parts.syntax.isEmpty || parts.syntax == "proto2" || parts.syntax == "proto3" else {
            throw SchemaError(.unsupported, name: name)
        }
        isProto3 = parts.syntax == "proto3"
        let scope = package.isEmpty ? "" : package + "."
        for (index, bytes) in parts.messages.enumerated() {
            try addMessage(bytes, scope: scope, path: [4, Int32(index)], depth: 1)
        }
        for (index, bytes) in parts.enumerations.enumerated() {
            try addEnum(bytes, scope: scope, path: [5, Int32(index)])
        }
        for (index, bytes) in parts.services.enumerated() {
            try addService(bytes, scope: scope, path: [6, Int32(index)])
        }
    }

    /// The file's own fields, its declarations still as bytes.
    private struct Parts {
        var name = ""
        var package = ""
        var syntax = ""
        var messages: [ArraySlice<UInt8>] = []
        var enumerations: [ArraySlice<UInt8>] = []
        var services: [ArraySlice<UInt8>] = []
        var sourceCodeInfo: ArraySlice<UInt8> = []

        init(_ bytes: ArraySlice<UInt8>) throws(DecodeError) {
            var cursor = WireCursor(bytes)
            while let field = try cursor.next() {
                switch field.number {
                case 1: name = try field.text
                case 2: package = try field.text
                case 4: messages.append(try field.bytes)
                case 5: enumerations.append(try field.bytes)
                case 6: services.append(try field.bytes)
                case 9: sourceCodeInfo = try field.bytes
                case 12: syntax = try field.text
                default: continue
                }
            }
        }
    }

    private mutating func addMessage(
        _ bytes: ArraySlice<UInt8>, scope: String, path: [Int32], depth: Int
    ) throws(SchemaError) {
        let parts: MessageDescriptor
        do throws(DecodeError) {
            parts = try MessageDescriptor(bytes)
        } catch {
            throw SchemaError(.malformed, name: scope)
        }
        let fullName = scope + parts.name
        guard depth <= ProtoJSONLimits.standard.messageDepthMax else {
            throw SchemaError(.tooDeep, name: fullName)
        }
        var fields: [Field] = []
        var numbers: Set<Int> = []
        for (index, descriptor) in parts.fields.enumerated() {
            let field = try descriptor.field(
                in: fullName, oneofs: parts.oneofs, isProto3: isProto3,
                comment: comments[path + [2, Int32(index)]])
            guard numbers.insert(field.number).inserted else {
                throw SchemaError(.duplicateName, name: fullName + "." + field.name)
            }
            fields.append(field)
        }
        messages.append(
            MessageType(
                name: fullName, fields: fields, isMapEntry: parts.isMapEntry,
                comment: comments[path]))
        for (index, nested) in parts.nested.enumerated() {
            try addMessage(
                nested, scope: fullName + ".", path: path + [3, Int32(index)], depth: depth + 1)
        }
        for (index, nested) in parts.enumerations.enumerated() {
            try addEnum(nested, scope: fullName + ".", path: path + [4, Int32(index)])
        }
    }

    private mutating func addEnum(
        _ bytes: ArraySlice<UInt8>, scope: String, path: [Int32]
    ) throws(SchemaError) {
        do throws(DecodeError) {
            let parts = try EnumDescriptor(bytes)
            let values = parts.values.enumerated().map { index, value in
                EnumType.Value(
                    name: value.name, number: value.number,
                    comment: comments[path + [2, Int32(index)]])
            }
            enumerations.append(
                EnumType(name: scope + parts.name, values: values, comment: comments[path]))
        } catch {
            throw SchemaError(.malformed, name: scope)
        }
    }

    private mutating func addService(
        _ bytes: ArraySlice<UInt8>, scope: String, path: [Int32]
    ) throws(SchemaError) {
        do throws(DecodeError) {
            let parts = try ServiceDescriptor(bytes)
            let fullName = scope + parts.name
            let methods = parts.methods.enumerated().map { index, method in
                Method(
                    service: fullName, name: method.name, input: method.input,
                    output: method.output, isClientStreaming: method.isClientStreaming,
                    isServerStreaming: method.isServerStreaming,
                    isIdempotent: method.isIdempotent,
                    comment: comments[path + [2, Int32(index)]])
            }
            services.append(Service(name: fullName, methods: methods, comment: comments[path]))
        } catch {
            throw SchemaError(.malformed, name: scope)
        }
    }
}
