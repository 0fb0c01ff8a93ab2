// SPDX-License-Identifier: Apache-2.0

/// Which fields of a request are wrong: google.rpc.BadRequest.
public struct BadRequest: StatusDetail {
    /// One wrong field.
    public struct FieldViolation: Sendable, Hashable {
        /// The path of proto field names, such as `lines[2].sku`.
        public var field: String

        /// A sentence for the developer.
        public var description: String

        /// Why, in UPPER_SNAKE_CASE; empty if there is none.
        public var reason: String

        /// Makes a violation.
        public init(field: String, description: String, reason: String = "") {
            self.field = field
            self.description = description
            self.reason = reason
        }
    }

    /// The wrong fields, in the order in which they were found.
    public var fieldViolations: [FieldViolation]

    /// Makes the detail.
    public init(fieldViolations: [FieldViolation]) {
        self.fieldViolations = fieldViolations
    }

    /// `type.googleapis.com/google.rpc.BadRequest`.
    public static var typeURL: String { "type.googleapis.com/google.rpc.BadRequest" }

    /// Reads the message's bytes; `nil` if they are malformed.
    public init?(encoded: Span<UInt8>) {
        var cursor = FieldCursor(encoded.indices)
        var violations: [FieldViolation] = []
        do {
            while let field = try cursor.next(encoded) {
                guard field.number == 1 else {
                    try cursor.skip(field, encoded)
                    continue
                }
                var nested = try cursor.nested(field, encoded)
                violations.append(try Self.violation(&nested, encoded))
            }
        } catch {
            return nil
        }
        self.init(fieldViolations: violations)
    }

    private static func violation(
        _ cursor: inout FieldCursor, _ bytes: Span<UInt8>
    ) throws(MalformedField) -> FieldViolation {
        var violation = FieldViolation(field: "", description: "")
        while let field = try cursor.next(bytes) {
            switch field.number {
            case 1: violation.field = try cursor.string(field, bytes)
            case 2: violation.description = try cursor.string(field, bytes)
            case 3: violation.reason = try cursor.string(field, bytes)
            default: try cursor.skip(field, bytes)
            }
        }
        return violation
    }

    /// The message's bytes, deterministic.
    public func encoded() -> [UInt8] {
        var writer = FieldWriter()
        for violation in fieldViolations {
            writer.message(1) { nested in
                nested.string(1, violation.field)
                nested.string(2, violation.description)
                nested.string(3, violation.reason)
            }
        }
        return writer.bytes
    }
}
