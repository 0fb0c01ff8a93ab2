// SPDX-License-Identifier: Apache-2.0

/// What may be chosen when a message is shown as JSON.
public struct JSONOptions: Sendable, Hashable {
    /// Whether fields without presence, lists and maps are shown even when empty or zero.
    public var includesDefaults: Bool

    /// Whether fields go by their proto names (`order_id`) and not by their JSON names (`orderId`).
    public var usesProtoNames: Bool

    /// Makes options; by default defaults are left out and JSON names are used.
    public init(includesDefaults: Bool = false, usesProtoNames: Bool = false) {
        self.includesDefaults = includesDefaults
        self.usesProtoNames = usesProtoNames
    }
}

extension Schema {
    /// The wire bytes of the message that a JSON document stands for.
    ///
    /// The mapping is proto3's canonical one: fields by either of their names, 64-bit integers as
    /// strings or numbers, bytes as base64, enums by name or number, `null` as "not given". An
    /// unknown member is an error. Fields are written in the order of their numbers, defaults left
    /// out, so equal messages have equal bytes.
    ///
    /// - Parameters:
    ///   - json: the text of one JSON object (of another value for types with a form of their own).
    ///   - type: the full name of the message type.
    ///   - limits: the bounds that the text is held to.
    /// - Returns: the message.
    /// - Throws: ``ProtoJSONError``, naming the path of the offending value.
    public func encode(
        json: String, as type: String, limits: ProtoJSONLimits = .standard
    ) throws(ProtoJSONError) -> [UInt8] {
        let value = try JSONValue(parsing: Array(json.utf8), limits: limits)
        return try encode(value, as: type, limits: limits)
    }

    /// The wire bytes of the message that a parsed JSON document stands for; see
    /// ``encode(json:as:limits:)``.
    public func encode(
        _ value: JSONValue, as type: String, limits: ProtoJSONLimits = .standard
    ) throws(ProtoJSONError) -> [UInt8] {
        let encoder = MessageEncoder(schema: self, depthMax: limits.messageDepthMax)
        return try encoder.encode(value, as: try knownMessage(type), depth: 1)
    }

    /// The JSON text of a message; see ``value(_:as:options:limits:)``.
    public func print(
        _ bytes: [UInt8], as type: String, options: JSONOptions = JSONOptions(),
        layout: JSONLayout = .compact, limits: ProtoJSONLimits = .standard
    ) throws(ProtoJSONError) -> String {
        try value(bytes, as: type, options: options, limits: limits).text(layout)
    }

    /// The JSON document that stands for a message.
    ///
    /// Members come in the order of field numbers, map entries by key. Unknown fields are left out,
    /// unknown numbers of known enums are shown as numbers.
    ///
    /// - Parameters:
    ///   - bytes: the message on the wire.
    ///   - type: the full name of its type.
    ///   - options: which fields are shown, and under which names.
    ///   - limits: the bounds that the message is held to.
    /// - Returns: an object, or another value for types with a form of their own.
    /// - Throws: ``ProtoJSONError``: bytes that are no such message, or no JSON form for what they
    ///   hold (a time beyond the year 9999, an `Any` of a type that the schema does not have).
    public func value(
        _ bytes: [UInt8], as type: String, options: JSONOptions = JSONOptions(),
        limits: ProtoJSONLimits = .standard
    ) throws(ProtoJSONError) -> JSONValue {
        var decoder = MessageDecoder(schema: self, options: options, limits: limits)
        return try decoder.decode(bytes[...], as: try knownMessage(type), depth: 1)
    }

    func knownMessage(_ name: String) throws(ProtoJSONError) -> MessageType {
        guard let type = message(named: name) else {
            throw ProtoJSONError(.unknownType, detail: "no message type \(name) is known")
        }
        return type
    }

    func knownEnumeration(_ name: String) throws(ProtoJSONError) -> EnumType {
        guard let type = enumeration(named: name) else {
            throw ProtoJSONError(.unknownType, detail: "no enum \(name) is known")
        }
        return type
    }
}
