// SPDX-License-Identifier: Apache-2.0

/// Why JSON is not a message, or why bytes cannot be shown as JSON.
public struct ProtoJSONError: Error, Sendable, Hashable {
    /// The kinds of refusal.
    public enum Reason: Sendable, Hashable {
        /// The text is not JSON (RFC 8259), or an object has the same key twice.
        case syntax
        /// A bound of ``ProtoJSONLimits``.
        case limitExceeded
        /// A member that the message has no field for.
        case unknownField
        /// One field given under both of its names, or two members of one `oneof`.
        case conflictingFields
        /// A JSON value of a kind, or a text of a form, that the field cannot take.
        case wrongForm
        /// A number outside the range of the field's type.
        case outOfRange
        /// A name that the enum has no value for.
        case unknownEnumValue
        /// A message type that the schema does not hold or this mapping does not cover.
        case unknownType
        /// Bytes that are no message of the type.
        case malformedMessage
    }

    /// What kind of refusal it is.
    public var reason: Reason

    /// The way from the document's root to the offending value, such as `lines[2].money`, in the
    /// names that the document uses; empty for the root.
    public var path: String

    /// What is wrong, for a person.
    public var detail: String

    /// Makes an error.
    public init(_ reason: Reason, path: String = "", detail: String) {
        self.reason = reason
        self.path = path
        self.detail = detail
    }

    /// The same error, seen from one level further out.
    func inside(_ component: String) -> ProtoJSONError {
        var copy = self
        if path.isEmpty {
            copy.path = component
        } else if path.utf8.first == UInt8(ascii: "[") {
            copy.path = component + path
        } else {
            copy.path = component + "." + path
        }
        return copy
    }
}

extension ProtoJSONError: CustomStringConvertible {
    /// The path, if there is one, and the detail.
    public var description: String {
        path.isEmpty ? detail : "\(path): \(detail)"
    }
}
