// SPDX-License-Identifier: Apache-2.0

/// The aggregate an event belongs to; each has a version that its events count.
public enum Aggregate: Sendable, Hashable {
    case order(OrderID)
    case tender(TenderID)
    case refund(RefundID)
    case shipment(ShipmentID)
    case policy(Int64)
}

/// A fact of the append-only log: ids, states and amounts, never a name, phone, address or text.
///
/// An event's place in ``OrderChange/events`` decides its sequence number: the first gets
/// ``DecisionContext/nextSequence``, the next one more.
public struct DomainEvent: Sendable, Hashable {
    /// What it is about.
    public var aggregate: Aggregate
    /// The aggregate's version after this event.
    public var version: Int64
    /// What happened.
    public var fact: Fact

    /// Makes one from its parts.
    public init(aggregate: Aggregate, version: Int64, fact: Fact) {
        self.aggregate = aggregate
        self.version = version
        self.fact = fact
    }

    /// What happened, with enough to rebuild unit and refund state.
    ///
    /// A run is the range touched as it is after the event, before equal neighbours merge.
    public enum Fact: Sendable, Hashable {
        case orderImported(lines: [OrderLine], runs: [UnitRun], tenders: [TenderID], total: Int64)
        /// `obligation` is nil when nothing captured is owed for it; `reason` is nil when the
        /// cancellation was a stop that the warehouse confirmed.
        case unitCanceled(
            run: UnitRun, obligation: ObligationID?, byBundle: Bool, reason: CancelReason?)
        case unitStopRequested(run: UnitRun, task: TaskID, reason: CancelReason?)
        case unitStopFailed(run: UnitRun, task: TaskID)
        case unitShippingBegun(run: UnitRun)
        case unitReleased(run: UnitRun)
        case unitShipped(run: UnitRun)
        case unitDelivered(run: UnitRun)
        /// The order's buckets went with its last physical unit; amounts are what was left of them.
        case chargesCanceled(shipping: Int64, otherCharges: Int64, obligation: ObligationID?)
        case orderCanceled
        case shipmentEvent(
            state: ShipmentState, carrierEventID: String, occurredAt: Instant, applied: Bool)
        case shippedAfterCancel(run: UnitRun, task: TaskID)
        case refundCreated(RefundLeg)
        case refundSettled(RefundLeg)
        /// A tender began with its order; its sequence number is the tender's id.
        case tenderOpened(
            order: OrderID, tenderClass: TenderClass, amount: Int64, authorized: Int64,
            captured: Int64)
        case tenderAuthorized(amount: Int64)
        case tenderCaptured(amount: Int64)
        case tenderReleaseDue(amount: Int64)
        case tenderVoided(amount: Int64)
        case tenderExpired(amount: Int64)
        case policyChanged
    }
}
