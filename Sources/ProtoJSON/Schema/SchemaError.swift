// SPDX-License-Identifier: Apache-2.0

/// Why descriptors are no schema.
public struct SchemaError: Error, Sendable, Hashable {
    /// The kinds of refusal.
    public enum Reason: Sendable, Hashable {
        /// Bytes that are no `FileDescriptorProto`.
        case malformed
        /// Messages nested in messages deeper than a schema may be.
        case tooDeep
        /// Two files, types or services of one name, or two fields of one number.
        case duplicateName
        /// A type that none of the files has.
        case unknownType
        /// A syntax, or a kind of field, that this mapping does not cover: groups and editions.
        case unsupported
    }

    /// What kind of refusal it is.
    public var reason: Reason

    /// The file, type or field that is refused, as far as its name is known.
    public var name: String

    /// Makes an error.
    public init(_ reason: Reason, name: String) {
        self.reason = reason
        self.name = name
    }
}
