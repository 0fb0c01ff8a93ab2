// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import Foundation
import ProtobufC
import TTRPC

/// The customer whom most tests act for.
let customer = OnBehalfOf(party: .customerID("customer-1"))

/// An order as a storefront hands it over, built from what matters to a test.
struct Basket {
    var id = "shop-" + RequestID.make()
    var customerID = "customer-1"
    var currency = "EUR"
    var lines: [OrderLineIntake] = []
    var bundles: [OrderBundle] = []
    var totals = OrderTotals()
    var tenders: [TenderIntake] = []
    var note = ""

    init(_ currency: String = "EUR") {
        self.currency = currency
    }

    func money(_ minorUnits: Int64) -> Money {
        Money(currencyCode: currency, minorUnits: minorUnits)
    }

    mutating func add(
        _ lineID: String, _ price: Int64, quantity: Int64 = 1, kind: ItemKind = .physical,
        bundle: String = "", tax: Int64 = 0
    ) {
        lines.append(
            OrderLineIntake(
                lineID: lineID, sku: "SKU-" + lineID, title: "Title of " + lineID, kind: kind,
                quantity: quantity, unitListPrice: money(price),
                lineTax: tax == 0 ? nil : money(tax), bundleID: bundle))
    }

    /// A tender that is captured, or authorized only.
    mutating func pay(_ tender: TenderClass, _ amount: Int64, isCaptured: Bool = true) {
        tenders.append(
            TenderIntake(
                externalTenderID: "tender-\(tenders.count)", tenderClass: tender, channel: .online,
                institution: tender == .card ? "VISA" : "", token: "token",
                brand: tender == .card ? "Visa" : "Gift card", last4: tender == .card ? "4242" : "",
                amount: money(amount), authorized: money(amount),
                captured: isCaptured ? money(amount) : nil))
    }

    func request(key: String = RequestID.make()) -> ImportOrderRequest {
        ImportOrderRequest(
            requestID: key, externalOrderID: id, customerID: customerID, locale: "en",
            placedTime: Timestamp(seconds: Int64(Date().timeIntervalSince1970) - 60),
            currencyCode: currency, lines: lines, bundles: bundles, totals: totals,
            tenders: tenders, note: note)
    }
}

extension AftersalesClient {
    /// Imports an order.
    func place(_ basket: Basket) async throws -> Order {
        try await orders.importOrder(basket.request(), options: .idempotent).order ?? Order()
    }

    /// The order as it stands.
    func current(_ order: Order) async throws -> Order {
        try await orders.getOrder(
            GetOrderRequest(orderID: order.orderID, onBehalfOf: order.behalf), options: .idempotent
        ).order ?? Order()
    }

    /// Cancels quantities of lines.
    func cancel(
        _ order: Order, _ selection: [(String, Int64)], closure: Bool = false,
        partial: Bool = false, key: String = RequestID.make()
    ) async throws -> CancelItemsResponse {
        try await orders.cancelItems(
            cancelRequest(order, selection, closure: closure, partial: partial, key: key),
            options: .idempotent)
    }

    /// The refund legs of an order.
    func legs(_ order: Order) async throws -> [Refund] {
        try await refunds.listRefunds(
            ListRefundsRequest(onBehalfOf: order.behalf, orderID: order.orderID),
            options: .idempotent
        ).refunds
    }

    /// The messages about an order.
    func inbox(_ order: Order) async throws -> [MessageItem] {
        try await messages.listMessages(
            ListMessagesRequest(onBehalfOf: order.behalf, orderID: order.orderID),
            options: .idempotent
        ).messages
    }

    /// External ids of the customer's orders in a view, of the first page.
    func list(_ view: OrderView, of customer: OnBehalfOf = customer) async throws -> [String] {
        try await orders.listOrders(
            ListOrdersRequest(onBehalfOf: customer, view: view, pageSize: 100),
            options: .idempotent
        ).orders.map(\.externalOrderID)
    }

    /// Begins shipping the lowest open units of a line.
    func beginShipping(
        _ order: Order, _ lineID: String, _ quantity: Int64 = 1
    ) async throws -> BeginShippingResponse {
        try await warehouse.beginShipping(
            BeginShippingRequest(
                requestID: RequestID.make(), orderID: order.orderID,
                externalShipmentID: "parcel-" + order.externalOrderID, carrier: "DHL",
                recallSupported: true,
                units: [UnitSelection(lineID: lineID, quantity: quantity)]),
            options: .idempotent)
    }
}

/// A request to cancel quantities of lines.
func cancelRequest(
    _ order: Order, _ selection: [(String, Int64)], closure: Bool = false, partial: Bool = false,
    key: String = RequestID.make()
) -> CancelItemsRequest {
    CancelItemsRequest(
        requestID: key, onBehalfOf: order.behalf, orderID: order.orderID,
        selection: selection.map { LineSelection(lineID: $0.0, quantity: $0.1) },
        reason: .changedMind, acceptBundleClosure: closure, allowPartial: partial)
}

extension Order {
    /// Its customer, as the storefront names whom it acts for.
    var behalf: OnBehalfOf { OnBehalfOf(party: .customerID(customerID)) }

    /// How many units of a line are in a state.
    func count(_ state: UnitState, _ lineID: String? = nil) -> Int64 {
        units.filter { $0.state == state && (lineID == nil || $0.lineID == lineID) }
            .reduce(0) { $0 + $1.count }
    }

    /// One figure of every unit, by number.
    func perUnit(_ figure: KeyPath<UnitAmounts, Int64>) -> [Int64] {
        units.flatMap { run in
            Array(repeating: run.unit?[keyPath: figure] ?? -1, count: Int(run.count))
        }
    }
}

extension CancelItemsResponse {
    /// What goes back per tender class.
    var refunded: [TenderClass: Int64] {
        Dictionary(
            (confirmation?.refunds ?? []).map { ($0.tenderClass, $0.amount?.minorUnits ?? -1) },
            uniquingKeysWith: +)
    }

    /// What goes back in all.
    var refundTotal: Int64 { refunded.values.reduce(0, +) }
}

/// The error that a call ends with; nil when it does not.
func refusal<Response>(_ call: () async throws -> Response) async throws -> RPCError? {
    do {
        _ = try await call()
        return nil
    } catch let error as RPCError {
        return error
    }
}

extension RPCError {
    /// Code and reason: `FAILED_PRECONDITION/NOT_PHYSICAL`.
    var reason: String { "\(code)/\(detail(ErrorInfo.self)?.reason ?? message)" }

    /// A list of the contract beside the ErrorInfo.
    func list<List: ProtobufC.Message>(_ type: List.Type) throws -> List? {
        let name = "type.googleapis.com/" + List.protoName
        guard let detail = details.first(where: { $0.typeURL == name }) else { return nil }
        return try List.decode(detail.value.span)
    }
}
