// SPDX-License-Identifier: Apache-2.0

/// The outcome of a call: gRPC's canonical codes.
///
/// A code that is not among them passes through unchanged, so compare with the constants and
/// keep a default.
public struct StatusCode: RawRepresentable, Sendable, Hashable {
    /// The number on the wire.
    public let rawValue: Int32

    /// Makes a code from the number on the wire.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// The call succeeded.
    public static let ok = StatusCode(rawValue: 0)
    /// The caller gave the call up.
    public static let cancelled = StatusCode(rawValue: 1)
    /// Nothing better is known.
    public static let unknown = StatusCode(rawValue: 2)
    /// The request is wrong whatever the state of the system.
    public static let invalidArgument = StatusCode(rawValue: 3)
    /// The deadline passed; the call may have had its effect.
    public static let deadlineExceeded = StatusCode(rawValue: 4)
    /// What the request names is not there.
    public static let notFound = StatusCode(rawValue: 5)
    /// What the request would create is there already.
    public static let alreadyExists = StatusCode(rawValue: 6)
    /// The caller is known and may not do this.
    public static let permissionDenied = StatusCode(rawValue: 7)
    /// A limit is reached: size, count, quota or space.
    public static let resourceExhausted = StatusCode(rawValue: 8)
    /// The state of the system forbids it; repeating alone does not help.
    public static let failedPrecondition = StatusCode(rawValue: 9)
    /// A concurrent change won; read again, decide again.
    public static let aborted = StatusCode(rawValue: 10)
    /// A position past the end.
    public static let outOfRange = StatusCode(rawValue: 11)
    /// There is no such service or method.
    public static let unimplemented = StatusCode(rawValue: 12)
    /// A promise of the server's own is broken.
    public static let `internal` = StatusCode(rawValue: 13)
    /// The server cannot take the call now; repeating it may help.
    public static let unavailable = StatusCode(rawValue: 14)
    /// Data is lost or damaged beyond repair.
    public static let dataLoss = StatusCode(rawValue: 15)
    /// The caller is not known.
    public static let unauthenticated = StatusCode(rawValue: 16)
}

extension StatusCode: CustomStringConvertible {
    /// The canonical name in capitals, or `CODE(99)` for a number that has none.
    public var description: String {
        let names = Self.names
        guard rawValue >= 0, rawValue < names.count else {
            return "CODE(\(rawValue))"
        }
        return names[Int(rawValue)]
    }

    private static let names = [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND",
        "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
        "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
        "UNAUTHENTICATED",
    ]
}
