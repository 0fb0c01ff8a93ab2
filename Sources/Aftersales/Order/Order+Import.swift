// SPDX-License-Identifier: Apache-2.0

extension Order {
    /// Takes over a placed order: checks it, allocates its money to its units, freezes that.
    ///
    /// One event for the order, whose sequence number is its id, and one for each tender. The
    /// policy of the context is stamped on the order, and every later decision is judged under it.
    public static func imported(
        _ intake: OrderIntake, context: DecisionContext
    ) throws(Rejection) -> OrderChange {
        let currency = try Currency(code: intake.currencyCode)
        try intake.check()
        let allocation = try FrozenAllocation(intake)
        let lines = orderLines(of: intake)
        let runs = unitRuns(of: allocation, lines: lines)
        let tenders = intake.tenders.enumerated().map { index, tender in
            Tender(tender, id: TenderID(context.nextSequence + 1 + Int64(index)), intake: intake)
        }
        let order = Order(
            id: OrderID(context.nextSequence), version: 1, externalID: intake.externalID,
            customerID: intake.customerID, locale: intake.locale.isEmpty ? "en" : intake.locale,
            phone: intake.phone, currency: currency, policyVersion: context.policy.version,
            placedAt: intake.placedAt, importedAt: context.now,
            shipping: Bucket(
                charged: intake.shipping - intake.shippingDiscount + intake.shippingTax),
            otherCharges: Bucket(charged: intake.otherCharges),
            grandTotal: tenders.reduce(0) { $0 + $1.amount }, lines: lines, runs: runs,
            tenders: tenders, obligated: 0, obligatedWithoutApproval: 0, note: intake.note)
        var events = [
            DomainEvent(
                aggregate: .order(order.id), version: 1,
                fact: .orderImported(
                    lines: lines, runs: runs, tenders: tenders.map(\.id),
                    total: order.grandTotal))
        ]
        for tender in tenders {
            events.append(
                DomainEvent(
                    aggregate: .tender(tender.id), version: 1,
                    fact: .tenderOpened(
                        order: order.id, tenderClass: tender.tenderClass, amount: tender.amount,
                        authorized: tender.authorized, captured: tender.captured)))
        }
        return OrderChange(before: nil, after: order, events: events)
    }

    /// Whether a repeated import says what this order was imported as; what has happened to the
    /// order since does not matter.
    public func wasImported(as intake: OrderIntake, context: DecisionContext) -> Bool {
        guard let again = try? Order.imported(intake, context: context).after else { return false }
        return again.imprint == imprint
    }

    /// What an import fixes for good.
    private var imprint: Imprint {
        var units: [UnitRun] = []
        for var run in runs {
            run.state = .open
            run.refunded = 0
            run.fee = 0
            run.shipment = nil
            run.deliveredAt = nil
            units.append(run)
        }
        return Imprint(
            texts: [externalID, customerID, locale, phone ?? "", currency.code, note],
            lines: lines, units: UnitRuns.merged(units),
            amounts: [placedAt.microseconds, shipping.charged, otherCharges.charged, grandTotal],
            tenders: tenders.map { [$0.externalID, $0.token, "\($0.tenderClass)", "\($0.amount)"] })
    }

    private struct Imprint: Equatable {
        var texts: [String]
        var lines: [OrderLine]
        var units: [UnitRun]
        var amounts: [Int64]
        var tenders: [[String]]
    }

    private static func orderLines(of intake: OrderIntake) -> [OrderLine] {
        var first = 0
        return intake.lines.map { line in
            defer { first += line.quantity }
            return OrderLine(
                lineID: line.lineID, sku: line.sku, title: line.title, kind: line.kind,
                sellerID: line.sellerID, quantity: line.quantity, firstUnit: first,
                unitListPrice: line.unitListPrice, bundle: line.bundle)
        }
    }

    private static func unitRuns(
        of allocation: FrozenAllocation, lines: [OrderLine]
    ) -> [UnitRun] {
        var first = 0
        let runs = allocation.pieces.map { piece in
            defer { first += piece.count }
            return UnitRun(
                line: piece.line, first: first, count: piece.count,
                state: lines[piece.line].kind == .physical ? .open : .digital, net: piece.price,
                tax: piece.tax, shippingShare: piece.shippingShare)
        }
        return UnitRuns.merged(runs)
    }
}

extension Tender {
    /// A tender as an import gives it.
    fileprivate init(_ tender: IntakeTender, id: TenderID, intake: OrderIntake) {
        let state: TenderState =
            switch (tender.captured, tender.authorized) {
            case (0, 0): .expected
            case (0, _): .authorized
            case (tender.authorized, _): .captured
            default: .partiallyCaptured
            }
        self.init(
            id: id, version: 1, externalID: tender.externalID, tenderClass: tender.tenderClass,
            channel: tender.channel, institution: tender.institution, token: tender.token,
            brand: tender.brand, last4: tender.last4, amount: tender.amount,
            authorized: tender.authorized, captured: tender.captured,
            capturedAt: tender.captured > 0 ? tender.capturedAt ?? intake.placedAt : nil,
            released: 0, state: state, refundPending: 0, refundSettled: 0)
    }
}
