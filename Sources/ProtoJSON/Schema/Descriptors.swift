// SPDX-License-Identifier: Apache-2.0

import ProtobufC

/// One `DescriptorProto`: its fields parsed, its nested declarations still as bytes.
struct MessageDescriptor {
    private(set) var name = ""
    private(set) var fields: [FieldDescriptor] = []
    private(set) var nested: [ArraySlice<UInt8>] = []
    private(set) var enumerations: [ArraySlice<UInt8>] = []
    private(set) var oneofs: [String] = []
    private(set) var isMapEntry = false

    init(_ bytes: ArraySlice<UInt8>) throws(DecodeError) {
        var cursor = WireCursor(bytes)
        while let field = try cursor.next() {
            switch field.number {
            case 1: name = try field.text
            case 2: fields.append(try FieldDescriptor(try field.bytes))
            case 3: nested.append(try field.bytes)
            case 4: enumerations.append(try field.bytes)
            case 7: isMapEntry = try field.option(7) ?? isMapEntry
            case 8: oneofs.append(try field.firstText(1))
            default: continue
            }
        }
    }
}

/// One `FieldDescriptorProto`.
struct FieldDescriptor {
    private var name = ""
    private var number = 0
    private var label = 0
    private var type = 0
    private var typeName = ""
    private var jsonName = ""
    private var oneofIndex: Int?
    private var isProto3Optional = false
    private var isPacked: Bool?

    init(_ bytes: ArraySlice<UInt8>) throws(DecodeError) {
        var cursor = WireCursor(bytes)
        while let field = try cursor.next() {
            switch field.number {
            case 1: name = try field.text
            case 3: number = try field.integer
            case 4: label = try field.integer
            case 5: type = try field.integer
            case 6: typeName = try field.text
            case 8: isPacked = try field.option(2) ?? isPacked
            case 9: oneofIndex = try field.integer
            case 10: jsonName = try field.text
            case 17: isProto3Optional = try field.integer != 0
            default: continue
            }
        }
    }

    /// The field as a schema knows it.
    func field(
        in message: String, oneofs: [String], isProto3: Bool, comment: String
    ) throws(SchemaError) -> Field {
        let fullName = message + "." + name
        guard 1..<1 << 29 ~= number, !name.isEmpty else {
            throw SchemaError(.malformed, name: fullName)
        }
        let kind = try kind(fullName: fullName)
        var oneof: String?
        if let oneofIndex, !isProto3Optional {
            guard oneofs.indices.contains(oneofIndex) else {
                throw SchemaError(.malformed, name: fullName)
            }
            oneof = oneofs[oneofIndex]
        }
        let hasPresence = oneof != nil || isProto3Optional || !isProto3 || kind.isMessage
        return Field(
            name: name, jsonName: jsonName.isEmpty ? camelCase(name) : jsonName, number: number,
            kind: kind,
            cardinality: label == 3
                ? .repeated(isPacked: (isPacked ?? isProto3) && kind.isPackable)
                : hasPresence ? .optional : .implicit,
            oneof: oneof, comment: comment)
    }

    private func kind(fullName: String) throws(SchemaError) -> Field.Kind {
        if let scalar = ScalarKind(rawValue: type) { return .scalar(scalar) }
        guard type == 11 || type == 14 else { throw SchemaError(.unsupported, name: fullName) }
        // protoc writes every reference in full, with a leading dot.
        guard let target = typeName.withoutLeadingDot else {
            throw SchemaError(.malformed, name: fullName)
        }
        return type == 11 ? .message(target) : .enumeration(target)
    }
}

extension Field.Kind {
    fileprivate var isMessage: Bool {
        switch self {
        case .message: true
        case .scalar, .enumeration: false
        }
    }

    fileprivate var isPackable: Bool {
        switch self {
        case .scalar(let kind): kind != .string && kind != .bytes
        case .enumeration: true
        case .message: false
        }
    }
}

/// One `EnumDescriptorProto`.
struct EnumDescriptor {
    private(set) var name = ""
    private(set) var values: [(name: String, number: Int32)] = []

    init(_ bytes: ArraySlice<UInt8>) throws(DecodeError) {
        var cursor = WireCursor(bytes)
        while let field = try cursor.next() {
            switch field.number {
            case 1: name = try field.text
            case 2: values.append(try Self.value(try field.bytes))
            default: continue
            }
        }
    }

    private static func value(
        _ bytes: ArraySlice<UInt8>
    ) throws(DecodeError) -> (name: String, number: Int32) {
        var value = (name: "", number: Int32(0))
        var cursor = WireCursor(bytes)
        while let field = try cursor.next() {
            switch field.number {
            case 1: value.name = try field.text
            case 2: value.number = Int32(truncatingIfNeeded: try field.integer)
            default: continue
            }
        }
        return value
    }
}

/// One `ServiceDescriptorProto`.
struct ServiceDescriptor {
    struct MethodParts {
        var name = ""
        var input = ""
        var output = ""
        var isClientStreaming = false
        var isServerStreaming = false
        var isIdempotent = false
    }

    private(set) var name = ""
    private(set) var methods: [MethodParts] = []

    init(_ bytes: ArraySlice<UInt8>) throws(DecodeError) {
        var cursor = WireCursor(bytes)
        while let field = try cursor.next() {
            switch field.number {
            case 1: name = try field.text
            case 2: methods.append(try Self.method(try field.bytes))
            default: continue
            }
        }
    }

    private static func method(_ bytes: ArraySlice<UInt8>) throws(DecodeError) -> MethodParts {
        var method = MethodParts()
        var cursor = WireCursor(bytes)
        while let field = try cursor.next() {
            switch field.number {
            case 1: method.name = try field.text
            case 2: method.input = try field.text.withoutLeadingDot ?? ""
            case 3: method.output = try field.text.withoutLeadingDot ?? ""
            case 4: method.isIdempotent = try field.option(34) ?? method.isIdempotent
            case 5: method.isClientStreaming = try field.integer != 0
            case 6: method.isServerStreaming = try field.integer != 0
            default: continue
            }
        }
        return method
    }
}

// MARK: Values of descriptor fields

extension WireRecord {
    var bytes: ArraySlice<UInt8> {
        get throws(DecodeError) {
            guard case .bytes(let bytes) = value else { throw DecodeError(.malformed) }
            return bytes
        }
    }

    var text: String {
        get throws(DecodeError) {
            guard let text = String(validating: try bytes, as: UTF8.self) else {
                throw DecodeError(.malformed)
            }
            return text
        }
    }

    var integer: Int {
        get throws(DecodeError) {
            guard case .varint(let value) = value else { throw DecodeError(.malformed) }
            return Int(Int64(bitPattern: value))
        }
    }

    /// Whether the boolean or enum with this number in a message of options is set; nil if it is
    /// not there.
    fileprivate func option(_ number: Int) throws(DecodeError) -> Bool? {
        var cursor = WireCursor(try bytes)
        var option: Bool?
        while let field = try cursor.next() {
            if field.number == number { option = try field.integer != 0 }
        }
        return option
    }

    /// The text with this number in a nested message.
    fileprivate func firstText(_ number: Int) throws(DecodeError) -> String {
        var cursor = WireCursor(try bytes)
        while let field = try cursor.next() {
            if field.number == number { return try field.text }
        }
        return ""
    }
}

extension String {
    fileprivate var withoutLeadingDot: String? {
        guard first == "." else { return nil }
        return String(dropFirst())
    }
}

/// The JSON name that protoc gives a field: each underscore goes, the letter behind it is raised.
func camelCase(_ name: String) -> String {
    var result = ""
    var isRaised = false
    for character in name {
        if character == "_" {
            isRaised = true
        } else {
            result += isRaised ? character.uppercased() : String(character)
            isRaised = false
        }
    }
    return result
}
