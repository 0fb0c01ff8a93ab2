// SPDX-License-Identifier: Apache-2.0

/// Why the shop owes money.
public enum ObligationCause: Int, Sendable, Hashable, CaseIterable {
    case cancellation = 1
    case returnAccepted = 2
    case recall = 3
    case loss = 4
    case overcapture = 5
    case goodwill = 6
    case correction = 7
}

/// Whose doing it was; fees are forbidden unless it was the customer's.
public enum Fault: Int, Sendable, Hashable, CaseIterable {
    case customer = 1
    case shop = 2
    case carrier = 3
}

/// What the shop owes the customer of one order, made once and never changed.
///
/// An obligation is its parts, and each part is one transfer of the ledger, `sales` to `due`.
public struct Obligation: Sendable, Hashable {
    /// The identity.
    public var id: ObligationID
    /// The order it belongs to.
    public var orderID: OrderID
    /// Why it is owed.
    public var cause: ObligationCause
    /// Whose doing it was.
    public var fault: Fault
    /// When it was made.
    public var createdAt: Instant
    /// At least one, each of a positive amount.
    public var parts: [Part]

    /// One thing that is owed for.
    public struct Part: Sendable, Hashable {
        /// What it is owed for.
        public var subject: Subject
        /// The whole part, not per unit.
        public var amount: Int64

        /// Makes one from its parts.
        public init(subject: Subject, amount: Int64) {
            self.subject = subject
            self.amount = amount
        }
    }

    /// What a part is owed for.
    public enum Subject: Sendable, Hashable {
        /// `count` units of a line from unit number `first`.
        case units(line: Int, first: Int, count: Int)
        case shipping
        case otherCharges
        /// No unit and no bucket: goodwill, overcapture.
        case other
    }

    /// The sum over all parts.
    public var amount: Int64 { parts.reduce(0) { $0 + $1.amount } }

    /// Makes one from its parts.
    public init(
        id: ObligationID, orderID: OrderID, cause: ObligationCause, fault: Fault,
        createdAt: Instant, parts: [Part]
    ) {
        self.id = id
        self.orderID = orderID
        self.cause = cause
        self.fault = fault
        self.createdAt = createdAt
        self.parts = parts
    }
}
