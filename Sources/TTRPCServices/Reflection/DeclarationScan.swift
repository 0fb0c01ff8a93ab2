// SPDX-License-Identifier: Apache-2.0

import ProtobufC

/// What one file declares, read off the bytes of its `google.protobuf.FileDescriptorProto`.
///
/// Only names are read, so a file of any syntax will do. Field numbers are those of
/// `google/protobuf/descriptor.proto`.
struct DeclarationScan {
    private(set) var name = ""
    private(set) var imports: [String] = []
    /// Full names of all that has one.
    private(set) var symbols: [String] = []
    private(set) var extensions: [ExtensionName] = []
    private var package = ""

    /// What a nested descriptor declares.
    private enum Kind {
        case message, enumeration, service, leaf, extensionField
    }

    init(_ file: [UInt8]) throws(DecodeError) {
        let bytes = file.span
        var reader = WireReader(bytes)
        var declarations: [(Kind, Range<Int>)] = []
        while let field = try reader.nextField() {
            switch (field.number, field.wireType) {
            case (1, .lengthDelimited): name = try reader.string()
            case (2, .lengthDelimited): package = try reader.string()
            case (3, .lengthDelimited): imports.append(try reader.string())
            case (4, .lengthDelimited):
                declarations.append((.message, try reader.lengthDelimited()))
            case (5, .lengthDelimited):
                declarations.append((.enumeration, try reader.lengthDelimited()))
            case (6, .lengthDelimited):
                declarations.append((.service, try reader.lengthDelimited()))
            case (7, .lengthDelimited):
                declarations.append((.extensionField, try reader.lengthDelimited()))
            default: try reader.skip(field.wireType)
            }
        }
        for (kind, range) in declarations {
            try add(kind, bytes, in: range, scope: package, depth: 1)
        }
    }

    private mutating func add(
        _ kind: Kind, _ bytes: Span<UInt8>, in range: Range<Int>, scope: String, depth: Int
    ) throws(DecodeError) {
        guard depth <= DecodeLimits.standard.depthMax else { throw DecodeError(.tooDeep) }
        var reader = WireReader(bytes, in: range)
        var own = ""
        var extended = ExtensionName(extendee: "", number: 0)
        var nested: [(Kind, Range<Int>)] = []
        while let field = try reader.nextField() {
            switch (kind, field.number, field.wireType) {
            case (_, 1, .lengthDelimited): own = try reader.string()
            case (.extensionField, 2, .lengthDelimited):
                extended.extendee = String(try reader.string().drop { $0 == "." })
            case (.extensionField, 3, .varint):
                extended.number = Int32(truncatingIfNeeded: try reader.varint())
            case (_, let number, .lengthDelimited):
                let content = try reader.lengthDelimited()
                if let kind = Self.nested(in: kind, number) { nested.append((kind, content)) }
            default: try reader.skip(field.wireType)
            }
        }
        let fullName = scope.isEmpty ? own : scope + "." + own
        symbols.append(fullName)
        if kind == .extensionField { extensions.append(extended) }
        // The values of an enum stand beside it, as in C++, and not inside.
        let inner = kind == .enumeration ? scope : fullName
        for (kind, range) in nested {
            try add(kind, bytes, in: range, scope: inner, depth: depth + 1)
        }
    }

    /// What the field with this number of a descriptor declares.
    private static func nested(in kind: Kind, _ number: Int) -> Kind? {
        switch (kind, number) {
        case (.message, 2), (.message, 8): .leaf
        case (.message, 3): .message
        case (.message, 4): .enumeration
        case (.message, 6): .extensionField
        case (.enumeration, 2), (.service, 2): .leaf
        default: nil
        }
    }
}

/// Names an extension of a message.
struct ExtensionName: Hashable, Sendable {
    /// Full name of the message that is extended.
    var extendee: String
    /// The number of the field.
    var number: Int32
}
