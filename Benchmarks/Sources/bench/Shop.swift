// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import ProtobufC

/// The shop that is measured: orders of three lines of three units, one captured card each.
///
/// The first ``regular`` orders are what reads and cancellations are drawn from. Then come as many
/// narrow as wide ones, set apart: a wide one has ``Settings/wideQuantity`` units in line 1.
struct Shop {
    let regular: Int
    let apart: Int

    init(_ settings: Settings) {
        regular = settings.orders
        apart = settings.apart
    }

    var count: Int { regular + 2 * apart }
    var narrow: Range<Int> { regular..<regular + apart }
    var wide: Range<Int> { regular + apart..<count }

    /// Lines of an order.
    static let lines = 3

    /// The customer of an order; five orders each.
    func customer(of order: Int) -> String { "customer-\(order / 5)" }

    /// The line's own id.
    func line(_ number: Int) -> String { "line-\(number + 1)" }

    /// The request that imports an order.
    func importRequest(_ order: Int) -> ImportOrderRequest {
        let prices: [Int64] = [1_999, 4_500, 1_299]
        let shipping: Int64 = 599
        var total = shipping
        var request = ImportOrderRequest()
        request.requestID = RequestID.make()
        request.externalOrderID = "external-\(order)"
        request.customerID = customer(of: order)
        request.locale = "en"
        request.placedTime = timestamp(order)
        request.currencyCode = "EUR"
        request.lines = (0..<Self.lines).map { number in
            var line = OrderLineIntake()
            line.lineID = self.line(number)
            line.sku = "sku-\((order * 7 + number) % 4_000)"
            line.title = "An article of the shop, number \(number + 1)"
            line.kind = .physical
            line.quantity =
                number == 0 && wide.contains(order)
                ? Settings.wideQuantity : Settings.narrowQuantity
            line.unitListPrice = money(prices[number])
            total += line.quantity * prices[number]
            return line
        }
        var totals = OrderTotals()
        totals.shipping = money(shipping)
        totals.grandTotal = money(total)
        request.totals = totals
        request.tenders = [capturedCard(total, at: order)]
        return request
    }

    /// The request that reads an order.
    func getRequest(_ id: String, order: Int) -> GetOrderRequest {
        var request = GetOrderRequest()
        request.orderID = id
        request.onBehalfOf = customerParty(order)
        return request
    }

    /// The request that cancels one unit of a line.
    func cancelRequest(_ id: String, order: Int, line: Int) -> CancelItemsRequest {
        var request = CancelItemsRequest()
        request.requestID = RequestID.make()
        request.onBehalfOf = customerParty(order)
        request.orderID = id
        request.reason = .changedMind
        var item = LineSelection()
        item.lineID = self.line(line)
        item.quantity = 1
        request.selection = [item]
        return request
    }

    private func customerParty(_ order: Int) -> OnBehalfOf {
        var party = OnBehalfOf()
        party.party = .customerID(customer(of: order))
        return party
    }

    private func capturedCard(_ total: Int64, at order: Int) -> TenderIntake {
        var tender = TenderIntake()
        tender.externalTenderID = "card"
        tender.tenderClass = .card
        tender.channel = .online
        tender.institution = "CARD_SCHEME"
        tender.token = "token-\(order)"
        tender.brand = "Visa"
        tender.last4 = "4242"
        tender.amount = money(total)
        tender.authorized = money(total)
        tender.captured = money(total)
        tender.state = .captured
        return tender
    }

    private func money(_ amount: Int64) -> Money {
        var money = Money()
        money.currencyCode = "EUR"
        money.minorUnits = amount
        return money
    }

    /// Orders come one a minute, from 2025 on.
    private func timestamp(_ order: Int) -> Timestamp {
        var time = Timestamp()
        time.seconds = 1_735_689_600 + Int64(order) * 60
        return time
    }
}
