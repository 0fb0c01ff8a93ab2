// SPDX-License-Identifier: Apache-2.0

/// Why bytes were not accepted as a message.
public struct DecodeError: Error, Sendable, Hashable {
    /// The kinds of refusal; a server answers `limit` kinds differently from malformed bytes.
    public enum Reason: Sendable, Hashable {
        /// Truncated, an over-long varint, a field number of 0, a group, or a wire type that does
        /// not fit the field.
        case malformed
        /// A string field that is not UTF-8.
        case invalidUTF8
        /// A NUL in a string, which C would take for its end.
        case containsNUL
        /// Nested deeper than ``DecodeLimits/depthMax``.
        case tooDeep
        /// More elements in a repeated field than ``DecodeLimits/repeatedCountMax``.
        case tooManyElements
        /// Unpacking would take more memory than ``DecodeLimits/memoryBytesMax``.
        case memoryExceeded
    }

    /// What is wrong.
    public var reason: Reason

    /// The path of proto field names to the offending field, such as `lines.sku`; empty for the
    /// message itself.
    public var field: String

    /// Makes an error.
    public init(_ reason: Reason, field: String = "") {
        self.reason = reason
        self.field = field
    }
}
