// SPDX-License-Identifier: Apache-2.0

/// The state of a refund leg; the raw value is what the store keeps and never changes meaning.
public enum RefundState: Int, Sendable, Hashable, CaseIterable {
    case awaitingApproval = 1
    case queued = 2
    case leased = 3
    case unknown = 4
    case submitted = 5
    case settled = 6
    case returnedFunds = 7
    case blocked = 8
    case needsAlternate = 9
    case alternateAwaitingApproval = 10
    case alternateQueued = 11
    case settledAlternate = 12
    case canceled = 13

    /// Whether the leg's money is reserved and not yet gone.
    public var isPending: Bool {
        switch self {
        case .awaitingApproval, .queued, .leased, .unknown, .submitted, .blocked: true
        case .settled, .returnedFunds, .needsAlternate, .alternateAwaitingApproval,
            .alternateQueued, .settledAlternate, .canceled:
            false
        }
    }
}

/// How a leg reaches the customer.
public enum RefundKind: Int, Sendable, Hashable, CaseIterable {
    /// By the payment worker, to the original tender.
    case online = 1
    /// By hand, settled with an evidence reference.
    case manual = 2
    /// Settled in the transaction that makes it: gift card or store credit.
    case immediate = 3
}

/// One refund to one tender: a two-phase transfer of the ledger, `due` to `cash` of the tender.
///
/// The row is the pending transfer: amount and accounts never change; the phase follows ``state``.
public struct RefundLeg: Sendable, Hashable {
    /// Also the stable reference the bank knows it by, for life.
    public var id: RefundID
    /// +1 for each of its events, from 1.
    public var version: Int64
    /// The obligation it carries out.
    public var obligationID: ObligationID
    /// The order it belongs to.
    public var orderID: OrderID
    /// The tender it goes back to.
    public var tenderID: TenderID
    /// What kind it is.
    public var kind: RefundKind
    /// In minor units of the order's currency.
    public var amount: Int64
    /// Where it stands.
    public var state: RefundState
    /// When it was made.
    public var createdAt: Instant

    /// Makes one from its parts.
    public init(
        id: RefundID, version: Int64, obligationID: ObligationID, orderID: OrderID,
        tenderID: TenderID, kind: RefundKind, amount: Int64, state: RefundState,
        createdAt: Instant
    ) {
        self.id = id
        self.version = version
        self.obligationID = obligationID
        self.orderID = orderID
        self.tenderID = tenderID
        self.kind = kind
        self.amount = amount
        self.state = state
        self.createdAt = createdAt
    }
}
