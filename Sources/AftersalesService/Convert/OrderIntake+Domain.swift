// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import TTRPC

extension OrderIntake {
    /// An import as the domain takes it; amounts are checked to be in the order's currency.
    init(_ request: ImportOrderRequest) throws(RPCError) {
        let currency = request.currencyCode
        var lines: [IntakeLine] = []
        lines.reserveCapacity(request.lines.count)
        for (index, line) in request.lines.enumerated() {
            lines.append(try IntakeLine(line, "lines[\(index)]", currency: currency))
        }
        var bundles: [IntakeBundle] = []
        for (index, bundle) in request.bundles.enumerated() {
            let titleMax = OrderLimits.titleBytesMax
            guard bundle.title.utf8.count <= titleMax else {
                throw RejectionStatus.error(
                    .tooLong(field: "bundles[\(index)].title", bytesMax: titleMax))
            }
            bundles.append(
                IntakeBundle(
                    bundleID: bundle.bundleID,
                    discount: try Fields.amount(
                        bundle.discount, "bundles[\(index)].discount", currency: currency)))
        }
        var tenders: [IntakeTender] = []
        for (index, tender) in request.tenders.enumerated() {
            tenders.append(try IntakeTender(tender, "tenders[\(index)]", currency: currency))
        }
        self.init(
            externalID: request.externalOrderID, customerID: request.customerID,
            locale: request.locale, phone: request.phone.isEmpty ? nil : request.phone,
            currencyCode: currency,
            placedAt: try Fields.instant(request.placedTime, "placed_time"), lines: lines,
            bundles: bundles, tenders: tenders)
        note = request.note
        try read(request.totals, currency: currency)
    }

    private mutating func read(
        _ totals: OrderTotals?, currency: String
    ) throws(RPCError) {
        guard let totals else { throw Fields.required("totals.grand_total") }
        orderDiscount = try Fields.amount(
            totals.orderDiscount, "totals.order_discount", currency: currency)
        orderTax = try Fields.amount(totals.orderTax, "totals.order_tax", currency: currency)
        shipping = try Fields.amount(totals.shipping, "totals.shipping", currency: currency)
        shippingDiscount = try Fields.amount(
            totals.shippingDiscount, "totals.shipping_discount", currency: currency)
        shippingTax = try Fields.amount(
            totals.shippingTax, "totals.shipping_tax", currency: currency)
        otherCharges = try Fields.amount(
            totals.otherCharges, "totals.other_charges", currency: currency)
        grandTotal = try Fields.requiredAmount(
            totals.grandTotal, "totals.grand_total", currency: currency)
    }
}

extension IntakeLine {
    fileprivate init(
        _ line: OrderLineIntake, _ path: String, currency: String
    ) throws(RPCError) {
        self.init(
            lineID: line.lineID, sku: line.sku, title: line.title,
            kind: try line.kind.domain(path + ".kind"),
            sellerID: line.sellerID.isEmpty ? nil : line.sellerID,
            quantity: Fields.quantity(line.quantity),
            unitListPrice: try Fields.requiredAmount(
                line.unitListPrice, path + ".unit_list_price", currency: currency),
            discount: try Fields.amount(
                line.lineDiscount, path + ".line_discount", currency: currency),
            tax: try Fields.amount(line.lineTax, path + ".line_tax", currency: currency),
            bundle: line.bundleID.isEmpty
                ? nil
                : BundleMembership(
                    bundleID: line.bundleID,
                    group: line.bundleGroup.isEmpty ? nil : line.bundleGroup),
            takesOrderDiscount: !line.noOrderDiscount)
    }
}

extension IntakeTender {
    fileprivate init(
        _ tender: TenderIntake, _ path: String, currency: String
    ) throws(RPCError) {
        let captured = try Fields.amount(
            tender.captured, path + ".captured", currency: currency)
        let authorized =
            tender.authorized == nil
            ? captured
            : try Fields.amount(tender.authorized, path + ".authorized", currency: currency)
        let tenderClass = try tender.tenderClass.domain(path + ".tender_class")
        guard tenderClass != .exchangeCredit else {
            throw ServiceErrors.error(
                .invalidArgument, "TENDER_STATE",
                "exchange credit comes from an exchange, never from a caller",
                fields: [path + ".tender_class"])
        }
        self.init(
            externalID: tender.externalTenderID, tenderClass: tenderClass,
            channel: try tender.channel.domain(path + ".channel"),
            institution: tender.institution, token: tender.token, brand: tender.brand,
            last4: tender.last4,
            amount: try Fields.requiredAmount(
                tender.amount, path + ".amount", currency: currency),
            authorized: authorized, captured: captured,
            capturedAt: try tender.capturedTime.map { (time) throws(RPCError) in
                try Instant(time, field: path + ".captured_time")
            })
        try tender.requireState(of: self, path + ".state")
    }
}

extension TenderIntake {
    /// A state that is given has to agree with the amounts.
    fileprivate func requireState(
        of tender: IntakeTender, _ field: String
    ) throws(RPCError) {
        let follows: AftersalesAPI.TenderState =
            if tender.captured > 0 {
                tender.captured < tender.authorized ? .partiallyCaptured : .captured
            } else {
                tender.authorized > 0 ? .authorized : .expected
            }
        if case .unrecognized(let number) = state { throw Fields.unknownEnum(field, number) }
        guard state == .unspecified || state == follows else {
            throw RejectionStatus.error(.tenderState(field: field))
        }
    }
}
