// SPDX-License-Identifier: Apache-2.0

/// What always holds of an order and its money.
public enum Invariants {
    /// Says what does not hold, in sentences; empty when all is well.
    public static func check(
        order: Order, obligations: [Obligation], legs: [RefundLeg]
    ) -> [String] {
        var broken = checkUnits(order)
        broken += checkMoney(order, obligations: obligations)
        broken += checkTenders(order, legs: legs)
        broken += checkLedger(order, obligations: obligations, legs: legs)
        broken += checkObligations(order, obligations: obligations, legs: legs)
        return broken
    }

    private static func checkUnits(_ order: Order) -> [String] {
        var broken: [String] = []
        var next = 0
        var previous: UnitRun?
        for run in order.runs {
            if run.first != next || run.count < 1 {
                broken.append("units \(run.first)..<\(run.end) leave a gap or overlap")
            }
            next = run.end
            if previous?.isAlike(run) == true { broken.append("run \(run.first) is not merged") }
            previous = run
            if run.refunded < 0 || run.fee < 0 || run.refundable < 0 {
                broken.append("run \(run.first) gave back more than it was allocated")
            }
            if run.state == .canceled, run.refundable != 0 {
                broken.append("run \(run.first) is canceled and was not given back")
            }
        }
        for (line, counters) in zip(order.lines, order.lineCounters)
        where counters.total != line.quantity {
            broken.append("line \(line.lineID) counts \(counters.total) of \(line.quantity)")
        }
        return broken
    }

    private static func checkMoney(_ order: Order, obligations: [Obligation]) -> [String] {
        var broken: [String] = []
        let allocated = order.runs.reduce(0) { $0 + $1.allocated * Int64($1.count) }
        if allocated + order.shipping.charged + order.otherCharges.charged != order.grandTotal {
            broken.append("units and charges do not sum to the grand total")
        }
        for bucket in [order.shipping, order.otherCharges]
        where bucket.refunded < 0 || bucket.refunded > bucket.charged {
            broken.append("a bucket gave back more than was charged")
        }
        let given =
            order.runs.reduce(0) { $0 + $1.refunded * Int64($1.count) }
            + order.shipping.refunded + order.otherCharges.refunded
        let released = order.tenders.reduce(0) { $0 + $1.released }
        let overcaptured = obligations.filter { $0.cause == .overcapture }
            .reduce(0) { $0 + $1.amount }
        if given + overcaptured != released + order.obligated {
            broken.append(
                "given back \(given) and overcaptured \(overcaptured), "
                    + "released \(released) and obligated \(order.obligated)")
        }
        return broken
    }

    private static func checkTenders(_ order: Order, legs: [RefundLeg]) -> [String] {
        var broken: [String] = []
        for tender in order.tenders {
            let own = legs.filter { $0.tenderID == tender.id }
            let pending = own.reduce(0) { $0 + ($1.state.phase == .pending ? $1.amount : 0) }
            let settled = own.reduce(0) { $0 + ($1.state.phase == .posted ? $1.amount : 0) }
            if tender.refundPending != pending || tender.refundSettled != settled {
                broken.append("tender \(tender.id.text) and its legs differ")
            }
            if tender.room < 0 { broken.append("tender \(tender.id.text) refunds too much") }
            if tender.captured > tender.authorized || tender.captured < 0 || tender.released < 0 {
                broken.append("tender \(tender.id.text) captured more than was authorized")
            }
        }
        return broken
    }

    private static func checkLedger(
        _ order: Order, obligations: [Obligation], legs: [RefundLeg]
    ) -> [String] {
        var broken: [String] = []
        let ledger = Ledger(order: order, obligations: obligations, legs: legs)
        if ledger.sales(order.id) != order.salesBalance {
            broken.append("sales is \(ledger.sales(order.id)), not \(order.salesBalance)")
        }
        if order.salesBalance < 0 { broken.append("sales is below zero") }
        if ledger.due(order.id) < 0 { broken.append("due is below zero") }
        for tender in order.tenders where ledger.cashAvailable(tender.id) != tender.room {
            broken.append("cash of \(tender.id.text) is not its room")
        }
        let balances = ledger.balances.values
        let debits = balances.reduce(0) { $0 + $1.debitsPosted + $1.debitsPending }
        let credits = balances.reduce(0) { $0 + $1.creditsPosted + $1.creditsPending }
        if debits != credits { broken.append("debits \(debits), credits \(credits)") }
        return broken
    }

    private static func checkObligations(
        _ order: Order, obligations: [Obligation], legs: [RefundLeg]
    ) -> [String] {
        var broken: [String] = []
        if obligations.reduce(0, { $0 + $1.amount }) != order.obligated {
            broken.append("obligations do not sum to what the order says")
        }
        for obligation in obligations {
            if obligation.parts.isEmpty || obligation.parts.contains(where: { $0.amount <= 0 }) {
                broken.append("obligation \(obligation.id.text) has an empty part")
            }
            let own = legs.filter { $0.obligationID == obligation.id }
            if own.reduce(0, { $0 + $1.amount }) > obligation.amount {
                broken.append("legs carry more than obligation \(obligation.id.text)")
            }
            if Set(own.map(\.tenderID)).count != own.count {
                broken.append("obligation \(obligation.id.text) has two legs to one tender")
            }
        }
        return broken
    }
}
