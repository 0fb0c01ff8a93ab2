// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import Host

/// Who buys what in the demonstration.
enum Goods {
    /// The customer of both orders.
    static let customer = "customer-of-the-demo"
    /// The customer, as the storefront names whom it acts for.
    static let behalf = OnBehalfOf(party: .customerID(customer))

    private static let currency = "EUR"
    private static let bundle = "breakfast-set-1"

    /// Two plain items, a discounted bundle of three and a digital subscription, paid by gift
    /// card and card; 156.86 in all.
    static func breakfast(placed: Timestamp) -> ImportOrderRequest {
        ImportOrderRequest(
            requestID: RequestID.make(), externalOrderID: "DEMO-1", customerID: customer,
            locale: "en", placedTime: placed, currencyCode: currency,
            lines: [
                line("teapot", "Teapot", 24_50),
                line("cup", "Cup", 6_25, quantity: 2),
                line("coffee-maker", "Coffee maker", 59_99, bundle: bundle),
                line("grinder", "Coffee grinder", 39_99, bundle: bundle),
                line("frother", "Milk frother", 24_99, bundle: bundle),
                line("magazine", "Recipe magazine, monthly", 8_99, kind: .subscription),
            ],
            bundles: [
                OrderBundle(bundleID: bundle, title: "Breakfast set", discount: money(20_00))
            ],
            totals: OrderTotals(shipping: money(5_90), grandTotal: money(156_86)),
            tenders: [
                TenderIntake(
                    externalTenderID: "gift", tenderClass: .giftCard, channel: .online,
                    token: "gift-card-7", brand: "Gift card", amount: money(110_00),
                    authorized: money(110_00), captured: money(110_00), state: .captured,
                    capturedTime: placed),
                card(46_86, isCaptured: true, placed: placed),
            ])
    }

    /// An order that is only authorized yet: the shop takes the money when it ships.
    static func lamp(placed: Timestamp) -> ImportOrderRequest {
        ImportOrderRequest(
            requestID: RequestID.make(), externalOrderID: "DEMO-2", customerID: customer,
            locale: "en", placedTime: placed, currencyCode: currency,
            lines: [
                line("lamp", "Desk lamp", 39_90), line("bulb", "Light bulb", 4_20, quantity: 3),
            ],
            totals: OrderTotals(shipping: money(4_50), grandTotal: money(57_00)),
            tenders: [card(57_00, isCaptured: false, placed: placed)])
    }

    /// Some time before now, to the microsecond.
    static func ago(seconds: Int64) -> Timestamp {
        let now = WallClock.microseconds()
        return Timestamp(
            seconds: now / 1_000_000 - seconds, nanos: Int32(now % 1_000_000) * 1_000)
    }

    private static func money(_ cents: Int64) -> Money {
        Money(currencyCode: currency, minorUnits: cents)
    }

    private static func line(
        _ id: String, _ title: String, _ cents: Int64, quantity: Int64 = 1,
        kind: ItemKind = .physical, bundle: String = ""
    ) -> OrderLineIntake {
        OrderLineIntake(
            lineID: id, sku: "SKU-" + id, title: title, kind: kind, quantity: quantity,
            unitListPrice: money(cents), bundleID: bundle)
    }

    private static func card(
        _ cents: Int64, isCaptured: Bool, placed: Timestamp
    ) -> TenderIntake {
        TenderIntake(
            externalTenderID: "card", tenderClass: .card, channel: .online, institution: "VISA",
            token: "token-of-the-card", brand: "Visa", last4: "4242", amount: money(cents),
            authorized: money(cents), captured: isCaptured ? money(cents) : nil,
            state: isCaptured ? .captured : .authorized,
            capturedTime: isCaptured ? placed : nil)
    }
}
