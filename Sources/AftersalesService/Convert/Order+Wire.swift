// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI

extension AftersalesAPI.Order {
    /// The order as its customer may see it; the phone number is never shown.
    init(_ order: Aftersales.Order) {
        self.init()
        let currency = order.currency
        orderID = order.id.text
        version = order.version
        externalOrderID = order.externalID
        customerID = order.customerID
        locale = order.locale
        state = AftersalesAPI.OrderState(order.state)
        paymentState = AftersalesAPI.PaymentState(order.paymentState)
        partiallyCanceled = order.isPartiallyCanceled
        policyVersion = order.policyVersion
        currencyCode = currency.code
        placedTime = Timestamp(order.placedAt)
        importTime = Timestamp(order.importedAt)
        note = order.note
        lines = order.lines.map { AftersalesAPI.OrderLine($0, currency) }
        tenders = order.tenders.map { AftersalesAPI.Tender($0, currency) }
        units = order.runs.map { UnitRange($0, of: order) }
        grandTotal = Money(order.grandTotal, currency)
        shipping = Money(order.shipping.charged, currency)
        shippingRefunded = Money(order.shipping.refunded, currency)
        otherCharges = Money(order.otherCharges.charged, currency)
        otherChargesRefunded = Money(order.otherCharges.refunded, currency)
        refunded = Money(order.tenders.reduce(0) { $0 + $1.refundSettled }, currency)
        refundPending = Money(order.tenders.reduce(0) { $0 + $1.refundPending }, currency)
    }
}

extension AftersalesAPI.OrderLine {
    fileprivate init(_ line: Aftersales.OrderLine, _ currency: Currency) {
        self.init(
            lineID: line.lineID, sku: line.sku, title: line.title,
            kind: AftersalesAPI.ItemKind(line.kind), sellerID: line.sellerID ?? "",
            quantity: Int64(line.quantity), firstUnit: Int64(line.firstUnit),
            unitListPrice: Money(line.unitListPrice, currency),
            bundleID: line.bundle?.bundleID ?? "", bundleGroup: line.bundle?.group ?? "")
    }
}

extension AftersalesAPI.Tender {
    init(_ tender: Aftersales.Tender, _ currency: Currency) {
        self.init(
            tenderID: tender.id.text, version: tender.version,
            externalTenderID: tender.externalID,
            tenderClass: AftersalesAPI.TenderClass(tender.tenderClass),
            channel: AftersalesAPI.TenderChannel(tender.channel),
            institution: tender.institution, brand: tender.brand, last4: tender.last4,
            state: AftersalesAPI.TenderState(tender.state),
            amount: Money(tender.amount, currency),
            authorized: Money(tender.authorized, currency),
            captured: Money(tender.captured, currency),
            released: Money(tender.released, currency),
            capturedTime: tender.capturedAt.map { Timestamp($0) },
            refundPending: Money(tender.refundPending, currency),
            refunded: Money(tender.refundSettled, currency))
    }
}

extension OrderSummary {
    init(_ order: Aftersales.Order) {
        self.init(
            orderID: order.id.text, version: order.version, externalOrderID: order.externalID,
            state: AftersalesAPI.OrderState(order.state),
            paymentState: AftersalesAPI.PaymentState(order.paymentState),
            partiallyCanceled: order.isPartiallyCanceled, placedTime: Timestamp(order.placedAt),
            grandTotal: Money(order.grandTotal, order.currency),
            unitCount: Int64(order.runs.reduce(0) { $0 + $1.count }),
            canceledCount: Int64(
                order.runs.reduce(0) { $0 + ($1.state == .canceled ? $1.count : 0) }))
    }
}
