// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import TTRPC
import Testing

extension Money {
    static func eur(_ minorUnits: Int64) -> Money {
        Money(currencyCode: "EUR", minorUnits: minorUnits)
    }
}

extension OrderLineIntake {
    /// A line in euros.
    static func line(
        _ id: String, _ price: Int64, quantity: Int64 = 1, kind: ItemKind = .physical,
        seller: String = "", bundle: String = ""
    ) -> OrderLineIntake {
        OrderLineIntake(
            lineID: id, sku: "sku-" + id, title: "Title of " + id, kind: kind, sellerID: seller,
            quantity: quantity, unitListPrice: .eur(price), bundleID: bundle)
    }

    var listTotal: Int64 { (unitListPrice?.minorUnits ?? 0) * quantity }
}

extension TenderIntake {
    /// A card, captured unless told otherwise.
    static func card(
        _ amount: Int64, id: String = "card", authorized: Int64? = nil, captured: Int64? = nil
    ) -> TenderIntake {
        TenderIntake(
            externalTenderID: id, tenderClass: .card, channel: .online,
            institution: "ACQUIRER", token: "tok-" + id, brand: "Visa", last4: "4242",
            amount: .eur(amount), authorized: .eur(authorized ?? amount),
            captured: .eur(captured ?? amount))
    }

    static func giftCard(_ amount: Int64) -> TenderIntake {
        TenderIntake(
            externalTenderID: "gift", tenderClass: .giftCard, channel: .online, token: "gc-1",
            amount: .eur(amount), authorized: .eur(amount), captured: .eur(amount))
    }
}

extension ImportOrderRequest {
    /// An order of a customer that reconciles; without tenders, one captured card pays it.
    static func order(
        _ externalID: String, of customer: String = "cus-1", lines: [OrderLineIntake],
        bundles: [OrderBundle] = [], shipping: Int64 = 0, tenders: [TenderIntake]? = nil,
        placed: Int64 = 1_690_000_000
    ) -> ImportOrderRequest {
        let goods = lines.reduce(0) { $0 + $1.listTotal }
        let total = bundles.reduce(goods + shipping) { $0 - ($1.discount?.minorUnits ?? 0) }
        return ImportOrderRequest(
            requestID: newKey(), externalOrderID: externalID, customerID: customer, locale: "en",
            phone: "+8613800001111", placedTime: Timestamp(seconds: placed), currencyCode: "EUR",
            lines: lines, bundles: bundles,
            totals: OrderTotals(shipping: .eur(shipping), grandTotal: .eur(total)),
            tenders: tenders ?? [.card(total)], note: "Leave it with Ms Novak")
    }
}

extension InProcessClient {
    /// Imports and gives the order as stored.
    func imported(_ request: ImportOrderRequest) async throws -> Order {
        try #require(try await orders.importOrder(request).order)
    }

    /// Begins shipping, then has the carrier report; gives the shipment's id.
    @discardableResult
    func ship(
        _ order: Order, _ lineID: String, quantity: Int64 = 1, as external: String,
        events: [ShipmentEventType] = [.pickedUp]
    ) async throws -> String {
        let begun = try await warehouse.beginShipping(
            BeginShippingRequest(
                requestID: newKey(), orderID: order.orderID, externalShipmentID: external,
                units: [UnitSelection(lineID: lineID, quantity: quantity)]))
        if !events.isEmpty {
            _ = try await warehouse.reportShipmentEvents(
                ReportShipmentEventsRequest(
                    requestID: newKey(),
                    events: events.enumerated().map { index, type in
                        .report(external, "ev-\(index)", type, at: 1_700_000_100 + Int64(index))
                    }))
        }
        return begun.shipmentID
    }

    /// Cancels units of lines as the customer.
    @discardableResult
    func cancel(
        _ order: Order, _ lines: [(String, Int64)], key: String = newKey(),
        closure: Bool = false, partial: Bool = false
    ) async throws(RPCError) -> CancelItemsResponse {
        try await orders.cancelItems(
            .cancel(order, lines, key: key, closure: closure, partial: partial))
    }

    /// The order as it is now.
    func fresh(_ order: Order) async throws -> Order {
        let request = GetOrderRequest(
            orderID: order.orderID, onBehalfOf: .customer(order.customerID))
        return try #require(try await orders.getOrder(request).order)
    }
}

extension CancelItemsRequest {
    static func cancel(
        _ order: Order, _ lines: [(String, Int64)], key: String = newKey(),
        closure: Bool = false, partial: Bool = false
    ) -> CancelItemsRequest {
        CancelItemsRequest(
            requestID: key, onBehalfOf: .customer(order.customerID), orderID: order.orderID,
            selection: lines.map { LineSelection(lineID: $0.0, quantity: $0.1) },
            reason: .changedMind, acceptBundleClosure: closure, allowPartial: partial)
    }
}

extension ShipmentEventReport {
    static func report(
        _ external: String, _ eventID: String, _ type: ShipmentEventType, at seconds: Int64,
        units: [UnitSelection] = []
    ) -> ShipmentEventReport {
        ShipmentEventReport(
            target: .externalShipmentID(external), carrierEventID: eventID, type: type,
            occurredTime: Timestamp(seconds: seconds), units: units)
    }
}

extension Order {
    /// The state of every unit, by number.
    var unitStates: [UnitState] {
        units.flatMap { Array(repeating: $0.state, count: Int($0.count)) }
    }

    func tender(_ externalID: String) -> Tender? {
        tenders.first { $0.externalTenderID == externalID }
    }
}
