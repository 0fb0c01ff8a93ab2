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
    public var aggregate: Aggregate
    /// The aggregate's version after this event.
    public var version: Int64
    public var fact: Fact

    public init(aggregate: Aggregate, version: Int64, fact: Fact) {
        self.aggregate = aggregate
        self.version = version
        self.fact = fact
    }

    /// What happened, with enough to rebuild unit and refund state.
    public enum Fact: Sendable, Hashable {
        case orderImported(lines: [OrderLine], runs: [UnitRun], tenders: [TenderID], total: Int64)
        case unitCanceled(run: UnitRun, obligation: ObligationID?, byBundle: Bool)
        case unitStopRequested(run: UnitRun, task: TaskID)
        case unitStopFailed(run: UnitRun, task: TaskID)
        case unitShippingBegun(run: UnitRun)
        case unitReleased(run: UnitRun)
        case unitShipped(run: UnitRun)
        case unitDelivered(run: UnitRun)
        case orderCanceled
        case shipmentEvent(state: ShipmentState, carrierEventID: String, applied: Bool)
        case shippedAfterCancel(run: UnitRun)
        case refundCreated(RefundLeg)
        case refundSettled(RefundLeg)
        case tenderAuthorized(amount: Int64)
        case tenderCaptured(amount: Int64)
        case tenderReleaseDue(amount: Int64)
        case tenderVoided(amount: Int64)
        case tenderExpired(amount: Int64)
        case policyChanged
    }
}
