// SPDX-License-Identifier: Apache-2.0

import ProtobufC

/// The scalar types of protobuf, numbered as `FieldDescriptorProto.Type` numbers them.
public enum ScalarKind: Int, Sendable, Hashable, CaseIterable {
    /// 64-bit IEEE 754.
    case double = 1
    /// 32-bit IEEE 754.
    case float = 2
    /// Signed, varint.
    case int64 = 3
    /// Unsigned, varint.
    case uint64 = 4
    /// Signed, varint of the 64-bit sign extension.
    case int32 = 5
    /// Unsigned, eight bytes.
    case fixed64 = 6
    /// Unsigned, four bytes.
    case fixed32 = 7
    /// Varint 0 or 1.
    case bool = 8
    /// UTF-8 text.
    case string = 9
    /// Any bytes.
    case bytes = 12
    /// Unsigned, varint.
    case uint32 = 13
    /// Signed, four bytes.
    case sfixed32 = 15
    /// Signed, eight bytes.
    case sfixed64 = 16
    /// Signed, zigzag varint.
    case sint32 = 17
    /// Signed, zigzag varint.
    case sint64 = 18

    /// The type's word in a proto file.
    public var name: String {
        switch self {
        case .double: "double"
        case .float: "float"
        case .int64: "int64"
        case .uint64: "uint64"
        case .int32: "int32"
        case .fixed64: "fixed64"
        case .fixed32: "fixed32"
        case .bool: "bool"
        case .string: "string"
        case .bytes: "bytes"
        case .uint32: "uint32"
        case .sfixed32: "sfixed32"
        case .sfixed64: "sfixed64"
        case .sint32: "sint32"
        case .sint64: "sint64"
        }
    }

    /// How a single value is laid out.
    var layout: WireType {
        switch self {
        case .int32, .int64, .uint32, .uint64, .sint32, .sint64, .bool: .varint
        case .double, .fixed64, .sfixed64: .fixed64
        case .float, .fixed32, .sfixed32: .fixed32
        case .string, .bytes: .lengthDelimited
        }
    }
}
