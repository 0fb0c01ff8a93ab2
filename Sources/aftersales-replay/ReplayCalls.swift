// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import Replay

/// The requests that a customer's history turns into.
enum ReplayCalls {
    /// The shop's currency.
    private static let currency = "GBP"

    /// An invoice: an order that the customer's card has paid.
    static func importOrder(
        _ order: CustomerHistory.Order, customer: String
    ) -> ImportOrderRequest {
        let date = Timestamp(seconds: order.date.secondsSince1970)
        let total = Money(currencyCode: currency, minorUnits: order.amount)
        let card = TenderIntake(
            externalTenderID: "card", tenderClass: .card, channel: .online, institution: "VISA",
            token: "card-of-\(customer)", brand: "Visa", last4: "0000", amount: total,
            authorized: total, captured: total, state: .captured, capturedTime: date)
        return ImportOrderRequest(
            requestID: RequestKey.uuid("replay/order/\(order.invoice)"),
            externalOrderID: order.invoice, customerID: customer, locale: "en",
            placedTime: date, currencyCode: currency,
            lines: order.lines.enumerated().map { line($1, number: $0 + 1) },
            totals: OrderTotals(grandTotal: total), tenders: [card])
    }

    /// One order's share of a C row.
    static func cancelItems(
        _ part: CustomerHistory.Part, of row: RetailRow, invoice: String, orderID: String
    ) -> CancelItemsRequest {
        let name = "replay/cancel/\(row.invoice)/\(row.index)/\(invoice)"
        return CancelItemsRequest(
            requestID: RequestKey.uuid(name), onBehalfOf: behalf(row.customer), orderID: orderID,
            selection: part.selection.map { one in
                LineSelection(lineID: lineID(one.lineNumber), quantity: one.units)
            },
            reason: .changedMind)
    }

    /// An item may stand on an invoice several times: lines are named by their number.
    private static func line(_ row: RetailRow, number: Int) -> OrderLineIntake {
        OrderLineIntake(
            lineID: lineID(number), sku: row.stockCode, title: row.description, kind: .physical,
            quantity: row.units,
            unitListPrice: Money(currencyCode: currency, minorUnits: row.pence))
    }

    private static func lineID(_ number: Int) -> String { "line-\(number)" }

    private static func behalf(_ customer: String) -> OnBehalfOf {
        OnBehalfOf(party: .customerID(customer))
    }
}
