// SPDX-License-Identifier: Apache-2.0

import CProtocPlugin

/// A field of a message.
struct ProtoField {
    /// The proto type; the raw value is the number in descriptor.proto.
    enum Kind: UInt32 {
        case double = 1, float, int64, uint64, int32, fixed64, fixed32, bool, string
        case message = 11, bytes, uint32, enumeration, sfixed32, sfixed64, sint32, sint64
    }

    let name: String
    let number: Int32
    let kind: Kind
    /// The full proto name of a message or enum type, without the leading dot.
    let typeName: String
    let isRepeated: Bool
    let isPacked: Bool
    let oneofIndex: Int32?
    let isFreeText: Bool
    let comment: [String]

    init(
        _ field: UnsafeMutablePointer<Google__Protobuf__FieldDescriptorProto>, _ scope: Scope,
        at path: [Int32]
    ) throws(PluginError) {
        name = string(field.pointee.name)
        number = field.pointee.number
        let place = scope.fullName(name)
        guard let kind = Kind(rawValue: field.pointee.type.rawValue) else {
            throw PluginError("\(place): groups are not supported")
        }
        self.kind = kind
        typeName = String(string(field.pointee.type_name).drop { $0 == "." })
        isRepeated = field.pointee.label.rawValue == 3
        let options = field.pointee.options
        let packed = options.flatMap { $0.pointee.has_packed != 0 ? $0.pointee.packed != 0 : nil }
        isPacked = isRepeated && kind.isScalar && (packed ?? scope.isProto3)
        if field.pointee.has_proto3_optional != 0, field.pointee.proto3_optional != 0 {
            throw PluginError(
                "\(place): protoc-c knows no proto3 optional; "
                    + "use a message field or a oneof")
        }
        oneofIndex = field.pointee.has_oneof_index != 0 ? field.pointee.oneof_index : nil
        isFreeText = options.map(FreeTextOption.isSet) ?? false
        comment = scope.comments.lines(at: path)
    }
}

extension ProtoField.Kind {
    /// Whether a repeated field of it can be packed.
    var isScalar: Bool {
        switch self {
        case .string, .bytes, .message: false
        default: true
        }
    }
}
