// SPDX-License-Identifier: Apache-2.0

/// A decision in the making: the order as it will be, and everything that has to be written.
///
/// Every change goes through a method that also appends its event and counts the version, so the
/// log cannot miss one.
struct OrderDecision {
    let before: Order
    let context: DecisionContext
    private(set) var after: Order
    private(set) var events: [DomainEvent] = []
    private(set) var obligation: Obligation?
    private(set) var legs: [RefundLeg] = []
    var tasks: [WarehouseTask] = []
    var shipments: [Shipment] = []
    var messages: [MessageDraft] = []
    private var changed: [UnitRun] = []

    init(_ order: Order, context: DecisionContext) {
        before = order
        after = order
        self.context = context
    }

    /// The sequence number of the next event.
    var nextSequence: Int64 { context.nextSequence + Int64(events.count) }

    /// The order with all units where they will be.
    var settledOrder: Order {
        var order = after
        let parts = changed.sorted { $0.first < $1.first }
        order.runs = UnitRuns.replacing(parts, in: after.runs)
        return order
    }

    /// Takes the moves so far into the order, so that its units can be moved again.
    mutating func fold() {
        after = settledOrder
        changed = []
    }

    /// Everything, to be saved whole.
    var change: OrderChange {
        OrderChange(
            before: before, after: settledOrder, events: events, obligation: obligation,
            legs: legs, tasks: tasks, shipments: shipments, messages: messages)
    }

    /// Moves a cut run and appends the event about it; before a unit moves again, ``fold()``.
    @discardableResult
    mutating func move(
        _ run: UnitRun, _ event: UnitEvent, fact: (UnitRun) -> DomainEvent.Fact,
        also change: (inout UnitRun) -> Void = { _ in }
    ) throws(Rejection) -> UnitRun {
        var moved = run
        moved.state = try run.state.after(event)
        change(&moved)
        changed.append(moved)
        appendOrderEvent(fact(moved))
        return moved
    }

    mutating func appendOrderEvent(_ fact: DomainEvent.Fact) {
        after.version += 1
        events.append(
            DomainEvent(aggregate: .order(after.id), version: after.version, fact: fact))
    }

    mutating func append(_ event: DomainEvent) {
        events.append(event)
    }

    /// Takes what is left of shipping and other charges.
    mutating func cancelCharges(obligation: ObligationID?) {
        let shipping = after.shipping.charged - after.shipping.refunded
        let other = after.otherCharges.charged - after.otherCharges.refunded
        guard shipping + other > 0 else { return }
        after.shipping.refunded = after.shipping.charged
        after.otherCharges.refunded = after.otherCharges.charged
        appendOrderEvent(
            .chargesCanceled(shipping: shipping, otherCharges: other, obligation: obligation))
    }

    /// Changes one tender and appends its event.
    mutating func changeTender(
        _ index: Int, fact: DomainEvent.Fact, _ change: (inout Tender) -> Void
    ) {
        after.tenders[index].version += 1
        change(&after.tenders[index])
        let tender = after.tenders[index]
        events.append(
            DomainEvent(aggregate: .tender(tender.id), version: tender.version, fact: fact))
    }

    /// Releases authorization, and makes the obligation with its legs, if there is one.
    mutating func settle(
        _ settlement: Settlement, obligation id: ObligationID, cause: ObligationCause, fault: Fault
    ) {
        for release in settlement.releases {
            changeTender(release.tender, fact: .tenderReleaseDue(amount: release.amount)) {
                $0.release(release.amount)
            }
        }
        let owed = settlement.owed
        guard owed > 0 else { return }
        precondition(owed <= after.salesBalance, "an obligation spends captured money only")
        after.obligated += owed
        if !settlement.awaitsApproval { after.obligatedWithoutApproval += owed }
        obligation = Obligation(
            id: id, orderID: after.id, cause: cause, fault: fault, createdAt: context.now,
            parts: settlement.parts)
        for share in settlement.legs {
            appendLeg(share, obligation: id, awaitsApproval: settlement.awaitsApproval)
        }
    }

    private mutating func appendLeg(
        _ share: Settlement.Share, obligation: ObligationID, awaitsApproval: Bool
    ) {
        let tender = after.tenders[share.tender]
        precondition(share.amount <= tender.room, "a leg never exceeds its tender's room")
        let kind = tender.refundKind
        let state: RefundState =
            awaitsApproval ? .awaitingApproval : kind == .immediate ? .settled : .queued
        let leg = RefundLeg(
            id: RefundID(nextSequence), version: 1, obligationID: obligation, orderID: after.id,
            tenderID: tender.id, kind: kind, amount: share.amount, state: state,
            createdAt: context.now)
        if state == .settled {
            after.tenders[share.tender].refundSettled += share.amount
        } else {
            after.tenders[share.tender].refundPending += share.amount
        }
        legs.append(leg)
        events.append(
            DomainEvent(aggregate: .refund(leg.id), version: 1, fact: .refundCreated(leg)))
    }
}

extension Tender {
    /// How a refund reaches this tender.
    var refundKind: RefundKind {
        switch tenderClass {
        case .giftCard, .storeCredit: .immediate
        case .offline: .manual
        case .card, .bank, .wallet, .exchangeCredit: channel == .offline ? .manual : .online
        }
    }

    /// Gives authorization up.
    ///
    /// Once nothing is left of one that was never captured, it is to be voided. A tender that was
    /// never authorized has nothing to void.
    fileprivate mutating func release(_ amount: Int64) {
        released += amount
        if captured == 0, state == .authorized, released >= self.amount {
            state = .voidQueued
        }
    }
}
