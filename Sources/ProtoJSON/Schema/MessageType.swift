// SPDX-License-Identifier: Apache-2.0

/// A message type of a proto file.
public struct MessageType: Sendable, Hashable {
    /// The full name, such as `aftersales.v1.Order`.
    public let name: String

    /// The fields in the order of their numbers.
    public let fields: [Field]

    /// Whether it is the entry that stands for a `map` field on the wire.
    public let isMapEntry: Bool

    /// The comment before it in the proto file; empty if there is none.
    public let comment: String

    private let indexByNumber: [Int: Int]
    private let indexByKey: [String: Int]

    init(name: String, fields: [Field], isMapEntry: Bool, comment: String) {
        self.name = name
        self.fields = fields.sorted { $0.number < $1.number }
        self.isMapEntry = isMapEntry
        self.comment = comment
        var byNumber: [Int: Int] = [:]
        var byKey: [String: Int] = [:]
        for (index, field) in self.fields.enumerated() {
            byNumber[field.number] = index
            byKey[field.name] = index
        }
        // A JSON name goes before another field's proto name, should they ever be the same.
        for (index, field) in self.fields.enumerated() {
            byKey[field.jsonName] = index
        }
        indexByNumber = byNumber
        indexByKey = byKey
    }

    /// The place in ``fields`` of the field with this number.
    func index(ofNumber number: Int) -> Int? {
        indexByNumber[number]
    }

    /// The place in ``fields`` of the field with this JSON name or proto name.
    func index(ofKey key: String) -> Int? {
        indexByKey[key]
    }
}

/// A field of a message type.
public struct Field: Sendable, Hashable {
    /// What a field holds.
    public enum Kind: Sendable, Hashable {
        /// A scalar.
        case scalar(ScalarKind)
        /// A message of the type with this full name.
        case message(String)
        /// A value of the enum with this full name.
        case enumeration(String)
    }

    /// How often a field is there.
    public enum Cardinality: Sendable, Hashable {
        /// Always, as its default if not on the wire (proto3 without `optional`).
        case implicit
        /// Once or not, and the difference can be seen.
        case optional
        /// Any number of times; `isPacked` is how it is written (both ways are read).
        case repeated(isPacked: Bool)
    }

    /// The name in the proto file, such as `order_id`.
    public let name: String

    /// The name in JSON, such as `orderId`.
    public let jsonName: String

    /// The number on the wire.
    public let number: Int

    /// What it holds.
    public let kind: Kind

    /// How often it is there.
    public let cardinality: Cardinality

    /// The `oneof` that it is a member of; nil if of none.
    public let oneof: String?

    /// The comment before it, or else behind it, in the proto file; empty if there is none.
    public let comment: String

    var isRepeated: Bool {
        switch cardinality {
        case .repeated: true
        case .implicit, .optional: false
        }
    }
}

/// An enum of a proto file.
public struct EnumType: Sendable, Hashable {
    /// One name of an enum.
    public struct Value: Sendable, Hashable {
        /// The name, such as `ORDER_STATE_OPEN`.
        public let name: String
        /// The number on the wire.
        public let number: Int32
        /// The comment before or behind it; empty if there is none.
        public let comment: String
    }

    /// The full name, such as `aftersales.v1.OrderState`.
    public let name: String

    /// The values in the order of the proto file.
    public let values: [Value]

    /// The comment before it; empty if there is none.
    public let comment: String

    /// The number of a name.
    func number(of name: String) -> Int32? {
        values.first { $0.name == name }?.number
    }

    /// The first name of a number.
    func name(of number: Int32) -> String? {
        values.first { $0.number == number }?.name
    }
}
