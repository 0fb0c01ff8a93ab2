// SPDX-License-Identifier: Apache-2.0

import ProtobufC

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
        var reader = WireReader(encoded)
        var violations: [FieldViolation] = []
        do throws(DecodeError) {
            while let field = try reader.nextField() {
                guard field.number == 1, field.wireType == .lengthDelimited else {
                    try reader.skip(field.wireType)
                    continue
                }
                violations.append(try Self.violation(encoded, in: reader.lengthDelimited()))
            }
        } catch {
            return nil
        }
        self.init(fieldViolations: violations)
    }

    private static func violation(
        _ bytes: Span<UInt8>, in range: Range<Int>
    ) throws(DecodeError) -> FieldViolation {
        var reader = WireReader(bytes, in: range)
        var violation = FieldViolation(field: "", description: "")
        while let field = try reader.nextField() {
            switch (field.number, field.wireType) {
            case (1, .lengthDelimited): violation.field = try reader.string()
            case (2, .lengthDelimited): violation.description = try reader.string()
            case (3, .lengthDelimited): violation.reason = try reader.string()
            default: try reader.skip(field.wireType)
            }
        }
        return violation
    }

    /// The message's bytes, deterministic.
    public func encoded() -> [UInt8] {
        var writer = WireWriter(capacity: 64)
        for violation in fieldViolations {
            writer.message(1) { nested in
                nested.string(1, violation.field)
                nested.string(2, violation.description)
                nested.string(3, violation.reason)
            }
        }
        return writer.finish()
    }
}
