// SPDX-License-Identifier: Apache-2.0

/// What the payment side says happened to a tender.
public struct TenderReport: Sendable, Hashable {
    /// What happened.
    public var event: TenderEvent
    /// When it happened, by the reporter's clock.
    public var occurredAt: Instant
    /// The tender's version the caller has seen; 0 = not given.
    public var expectedVersion: Int64

    /// Makes a report.
    public init(event: TenderEvent, occurredAt: Instant, expectedVersion: Int64 = 0) {
        self.event = event
        self.occurredAt = occurredAt
        self.expectedVersion = expectedVersion
    }
}

/// A step of a tender's authorization.
public enum TenderEvent: Sendable, Hashable {
    case authorized(amount: Int64)
    /// `isFinal`: no further capture will come, even if something is left.
    case captured(amount: Int64, isFinal: Bool)
    case voided
    case expired

    /// The stable name, as in the contract.
    public var name: String {
        switch self {
        case .authorized: "AUTHORIZED"
        case .captured: "CAPTURED"
        case .voided: "VOIDED"
        case .expired: "EXPIRED"
        }
    }
}

/// A tender's report taken in.
public struct TenderDecision: Sendable, Hashable {
    /// What is to be saved.
    public var change: OrderChange
    /// The tender.
    public var tender: Tender
    /// Legs of an over-capture; empty as a rule.
    public var refunds: [TenderRefund]
}

extension TenderState {
    /// The stable name, as in the contract.
    public var name: String {
        switch self {
        case .expected: "EXPECTED"
        case .authorized: "AUTHORIZED"
        case .partiallyCaptured: "PARTIALLY_CAPTURED"
        case .captured: "CAPTURED"
        case .voidQueued: "VOID_QUEUED"
        case .voided: "VOIDED"
        case .expired: "EXPIRED"
        }
    }
}
