// SPDX-License-Identifier: Apache-2.0

/// A JSON document as a value.
///
/// Numbers keep their text, so that no digit of a 64-bit integer is lost; objects keep their order.
public enum JSONValue: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number's text, in the grammar of RFC 8259.
    case number(String)
    /// A string, without its quotation marks and escapes.
    case string(String)
    /// The elements in order.
    case array([JSONValue])
    /// The members in order, each key once.
    case object([JSONMember])

    /// An integer.
    public static func integer(_ value: some BinaryInteger) -> JSONValue {
        .number(String(value))
    }

    /// The value of the member `key`; nil if there is none or this is no object.
    public subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// What it is, for error texts, with its article.
    var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// One member of a JSON object.
public struct JSONMember: Sendable, Hashable {
    /// The name.
    public var key: String

    /// The value.
    public var value: JSONValue

    /// Makes a member.
    public init(_ key: String, _ value: JSONValue) {
        self.key = key
        self.value = value
    }
}
