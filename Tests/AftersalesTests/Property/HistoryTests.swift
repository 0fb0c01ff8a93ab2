// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

/// Random orders and random histories; ``Desk`` checks every invariant after every step.
@Suite struct `Whatever happens to an order` {
    @Test(arguments: 1...150 as ClosedRange<UInt64>)
    func `units, counters, versions and ledger hold after every step`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var desk = try Desk(.random(&random), policy: .random(&random))
        desk.note = "seed \(seed)"
        for step in 0..<25 {
            desk.note = "seed \(seed), step \(step)"
            try desk.doSomething(&random)
        }
        let owed = desk.legs.reduce(0) { $0 + $1.amount }
        #expect(owed <= desk.order.tenders.reduce(0) { $0 + $1.captured }, "seed \(seed)")
    }

    @Test(arguments: 1...150 as ClosedRange<UInt64>)
    func `canceling all of it gives back all of it, to the last minor unit`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var intake = OrderIntake.random(&random)
        for index in intake.lines.indices { intake.lines[index].kind = .physical }
        for index in intake.lines.indices { intake.lines[index].sellerID = nil }
        var desk = try Desk(intake, policy: .random(&random))
        desk.note = "seed \(seed)"
        var rounds = 0
        while !desk.order.isInCanceledView, rounds < 500 {
            let line = random.pick(0...intake.lines.count - 1)
            let open = desk.order.lineCounters[line][.open]
            rounds += 1
            guard open > 0 else { continue }
            try desk.cancel([(intake.lines[line].lineID, random.pick(1...open))], accept: true)
        }
        let captured = desk.order.tenders.reduce(0) { $0 + $1.captured }
        let released = desk.order.tenders.reduce(0) { $0 + $1.released }
        #expect(desk.legs.reduce(0) { $0 + $1.amount } == captured, "seed \(seed)")
        #expect(released + captured == desk.order.grandTotal, "seed \(seed)")
        #expect(desk.order.tenders.allSatisfy { $0.room == 0 }, "seed \(seed)")
    }

    @Test(arguments: 1...150 as ClosedRange<UInt64>)
    func `an import shares every amount exactly and repeats itself`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let intake = OrderIntake.random(&random)
        let desk = try Desk(intake)
        let units = desk.order.runs.reduce(0) { $0 + $1.allocated * Int64($1.count) }
        let charges = desk.order.shipping.charged + desk.order.otherCharges.charged
        #expect(units + charges == desk.order.grandTotal, "seed \(seed)")
        #expect(desk.order.runs.allSatisfy { $0.net >= 0 && $0.tax >= 0 }, "seed \(seed)")
        for run in desk.order.runs {
            #expect(run.net <= desk.order.lines[run.line].unitListPrice, "seed \(seed)")
        }
        let physical = desk.order.runs.filter { $0.state == .open }
        if !physical.isEmpty {
            let shares = physical.reduce(0) { $0 + $1.shippingShare * Int64($1.count) }
            #expect(shares == desk.order.shipping.charged, "seed \(seed)")
        }
        #expect(try Desk(intake).order == desk.order, "seed \(seed)")
        let allocations = 2 * intake.lines.count + intake.bundles.count + 3
        #expect(desk.order.runs.count <= intake.lines.count + allocations, "seed \(seed)")
    }
}

extension Desk {
    /// One step; a refusal is an answer, too, and changes nothing.
    fileprivate mutating func doSomething(_ random: inout SplitMix64) throws {
        let line = order.lines[random.pick(0...order.lines.count - 1)]
        let quantity = random.pick(1...line.quantity)
        let units = [UnitSelection(lineID: line.lineID, quantity: quantity)]
        let before = (order, events.count, messages.count)
        do {
            switch random.pick(0...6) {
            case 0, 1: try cancelSomething(line.lineID, quantity, &random)
            case 2: try begin("p\(random.pick(0...2))", units)
            case 3, 4: try shipSomething(&random)
            case 5: try stopSomething(&random)
            default: try payOrVoid(&random)
            }
        } catch is Rejection {
            #expect(order == before.0 && events.count == before.1, "\(note)")
            #expect(messages.count == before.2, "\(note)")
        }
    }

    private mutating func cancelSomething(
        _ line: String, _ quantity: Int, _ random: inout SplitMix64
    ) throws {
        let other = order.lines[random.pick(0...order.lines.count - 1)]
        var items = [(line, quantity)]
        if other.lineID != line { items.append((other.lineID, 1)) }
        let accept = random.oneIn(2)
        let partial = random.oneIn(2)
        let posted = messages.count
        let logged = events.count
        let preview = try preview(items, accept: accept, partial: partial)
        let decision = try cancel(items, accept: accept, partial: partial)
        #expect(messages.count == posted + 1 && events.count > logged, "\(note)")
        #expect(preview.outcome.total == decision.confirmation.outcome.total, "\(note)")
        #expect(preview.outcome.canceled == decision.confirmation.outcome.canceled, "\(note)")
        #expect(decision.confirmation.text == messages.last?.text, "\(note)")
    }

    private mutating func shipSomething(_ random: inout SplitMix64) throws {
        guard let shipment = shipments.values.min(by: { $0.id < $1.id }) else { return }
        let types = ShipmentEventType.allCases
        let type = types[random.pick(0...types.count - 1)]
        try report(shipment.externalID, [.at(random.pick(1...9), type)])
    }

    private mutating func stopSomething(_ random: inout SplitMix64) throws {
        let open = tasks.values.filter { $0.kind == .stop && $0.isLeasable(at: now) }
        guard let task = open.min(by: { $0.id < $1.id }) else { return }
        try lease(task.id)
        let outcomes = TaskOutcome.allCases
        try acknowledge(task.id, outcomes[random.pick(0...outcomes.count - 1)])
    }

    private mutating func payOrVoid(_ random: inout SplitMix64) throws {
        guard !order.tenders.isEmpty else { return }
        let index = random.pick(0...order.tenders.count - 1)
        let amount = random.pick(1...max(1, order.tenders[index].amount))
        switch random.pick(0...5) {
        case 0: try tender(index, .authorized(amount: amount))
        case 1: try tender(index, .voided)
        case 2: try tender(index, .expired)
        default: try tender(index, .captured(amount: amount, isFinal: random.oneIn(3)))
        }
    }
}

extension Policy {
    fileprivate static func random(_ random: inout SplitMix64) -> Policy {
        var policy = Policy.initial(text: "")
        if random.oneIn(2) { policy.parameters.split = .proRata }
        if random.oneIn(3) { policy.parameters.approvalThresholds["EUR"] = random.pick(0...5_000) }
        return policy
    }
}

extension OrderIntake {
    fileprivate static func random(_ random: inout SplitMix64) -> OrderIntake {
        let bundleIDs = ["A", "B"]
        var lines: [IntakeLine] = []
        for index in 0..<random.pick(1...5) {
            let bundle = random.oneIn(2) ? bundleIDs[random.pick(0...1)] : nil
            var line = IntakeLine.plain(
                "l\(index)", random.pick(1...9), random.oneIn(8) ? 0 : random.pick(1...3_000),
                bundle: bundle, kind: random.oneIn(6) ? .digital : .physical,
                seller: bundle == nil && random.oneIn(6) ? "seller" : nil)
            let list = line.unitListPrice * Int64(line.quantity)
            if random.oneIn(2) { line.discount = random.pick(0...list) }
            if random.oneIn(2) { line.tax = random.pick(0...500) }
            line.takesOrderDiscount = !random.oneIn(5)
            lines.append(line)
        }
        func price(_ lines: [IntakeLine]) -> Int64 {
            lines.reduce(0) { $0 + $1.unitListPrice * Int64($1.quantity) - $1.discount }
        }
        let bundles = bundleIDs.map { id in
            let base = price(lines.filter { $0.bundle?.bundleID == id })
            return IntakeBundle(bundleID: id, discount: random.pick(0...base / 2))
        }
        var intake = OrderIntake.order(lines, [], bundles: bundles)
        // Half of what the bundles can leave at worst is always eligible.
        let eligible = price(lines.filter { $0.takesOrderDiscount && $0.bundle == nil })
        intake.orderDiscount = random.pick(0...eligible)
        intake.orderTax = random.pick(0...700)
        intake.shipping = random.pick(0...900)
        intake.shippingDiscount = random.pick(0...intake.shipping)
        intake.shippingTax = random.pick(0...90)
        intake.otherCharges = random.oneIn(3) ? random.pick(1...300) : 0
        intake.tenders = tenders(paying: intake.total, &random)
        return intake
    }

    private var total: Int64 {
        var total = orderTax - orderDiscount + shipping - shippingDiscount + shippingTax
        total += otherCharges
        for line in lines {
            total += line.unitListPrice * Int64(line.quantity) - line.discount + line.tax
        }
        return total - bundles.reduce(0) { $0 + $1.discount }
    }

    private static func tenders(
        paying total: Int64, _ random: inout SplitMix64
    ) -> [IntakeTender] {
        var left = total
        var tenders: [IntakeTender] = []
        let classes = TenderClass.allCases.filter { $0 != .exchangeCredit }
        for index in 0..<random.pick(1...4) {
            let amount = index == 3 ? left : random.pick(0...left)
            left -= amount
            guard amount > 0 else { continue }
            var tender = IntakeTender.card(amount, id: "t\(index)")
            tender.tenderClass = classes[random.pick(0...classes.count - 1)]
            if random.oneIn(3) {
                tender.authorized = random.pick(0...amount)
                tender.captured = random.pick(0...tender.authorized)
            }
            tenders.append(tender)
        }
        if left > 0 { tenders.append(.card(left, id: "rest")) }
        return tenders
    }
}
