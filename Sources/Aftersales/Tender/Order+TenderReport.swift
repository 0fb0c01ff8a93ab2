// SPDX-License-Identifier: Apache-2.0

extension Order {
    /// Takes in that a tender was authorized, captured, voided or that it expired.
    ///
    /// A capture of what cancellations had given up, such as one that crossed a void, is money of
    /// the customer's: it becomes an obligation at once, with a leg back to the same tender.
    public func reportTender(
        _ tenderID: TenderID, report: TenderReport, context: DecisionContext
    ) throws(Rejection) -> TenderDecision {
        guard let index = tenders.firstIndex(where: { $0.id == tenderID }) else {
            throw .tenderNotFound
        }
        let tender = tenders[index]
        try Check.version(expected: report.expectedVersion, actual: tender.version)
        guard tender.state.admits(report.event) else {
            throw .invalidTransition(from: tender.state.name, event: report.event.name)
        }
        var decision = OrderDecision(self, context: context)
        switch report.event {
        case .authorized(let amount):
            try decision.authorize(index, amount: amount)
        case .captured(let amount, let isFinal):
            try decision.capture(index, amount: amount, isFinal: isFinal, at: report.occurredAt)
        case .voided:
            let dropped = tender.authorized - tender.captured
            decision.changeTender(index, fact: .tenderVoided(amount: dropped)) {
                $0.state = .voided
            }
        case .expired:
            let dropped = tender.authorized - tender.captured
            decision.changeTender(index, fact: .tenderExpired(amount: dropped)) {
                $0.state = .expired
            }
        }
        return TenderDecision(
            change: decision.change, tender: decision.after.tenders[index],
            refunds: decision.tenderRefunds)
    }
}

extension TenderState {
    /// The table of a tender's steps; what is not listed is `INVALID_TRANSITION`.
    func admits(_ event: TenderEvent) -> Bool {
        switch (self, event) {
        case (.expected, .authorized), (.expected, .captured), (.expected, .expired): true
        case (.authorized, .captured), (.authorized, .voided), (.authorized, .expired): true
        case (.partiallyCaptured, .captured), (.partiallyCaptured, .voided),
            (.partiallyCaptured, .expired):
            true
        // A fact, if the authorization has room for it; the amount decides.
        case (.captured, .captured): true
        // The void crossed a capture.
        case (.voidQueued, .captured), (.voidQueued, .voided), (.voidQueued, .expired): true
        default: false
        }
    }
}

extension OrderDecision {
    fileprivate mutating func authorize(_ index: Int, amount: Int64) throws(Rejection) {
        try Check.positive(amount, field: "amount")
        let tender = after.tenders[index]
        guard amount <= tender.amount else { throw .amountExceedsTender(max: tender.amount) }
        changeTender(index, fact: .tenderAuthorized(amount: amount)) {
            $0.authorized = amount
            // Everything was canceled before the authorization came.
            $0.state = $0.released >= $0.amount ? .voidQueued : .authorized
        }
    }

    fileprivate mutating func capture(
        _ index: Int, amount: Int64, isFinal: Bool, at instant: Instant
    ) throws(Rejection) {
        try Check.positive(amount, field: "amount")
        let tender = after.tenders[index]
        // A tender that is captured without having been authorized is held to its amount.
        let limit = tender.state == .expected ? tender.amount : tender.authorized
        guard amount <= limit - tender.captured else {
            throw .amountExceedsAuthorized(max: limit - tender.captured)
        }
        let due = tender.amount - tender.released
        let over = max(0, tender.captured + amount - due) - max(0, tender.captured - due)
        let id = ObligationID(nextSequence)
        changeTender(index, fact: .tenderCaptured(amount: amount)) {
            $0.captured += amount
            $0.authorized = max($0.authorized, $0.captured)
            $0.capturedAt = $0.capturedAt ?? instant
            let isAll = $0.captured >= min(limit, due)
            $0.state = isAll || isFinal ? .captured : .partiallyCaptured
        }
        guard over > 0 else { return }
        let settlement = Settlement(
            overcaptured: over, tender: index, order: after, parameters: context.policy.parameters)
        settle(settlement, obligation: id, cause: .overcapture, fault: .shop)
        messages = [.refundStarted(over, refunds: tenderRefunds, order: after, context: context)]
    }
}

extension MessageDraft {
    /// Tells that more was charged than was due, and goes back.
    fileprivate static func refundStarted(
        _ amount: Int64, refunds: [TenderRefund], order: Order, context: DecisionContext
    ) -> MessageDraft {
        var values = MessageValues(order)
        values.set("amount", amount: amount)
        values.setRefunds(refunds)
        return values.draft(.refundStarted, policy: context.policy)
    }
}
