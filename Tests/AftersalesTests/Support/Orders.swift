// SPDX-License-Identifier: Apache-2.0

import Aftersales

extension IntakeTender {
    static func card(_ amount: Int64, captured: Int64? = nil, id: String = "card") -> IntakeTender {
        IntakeTender(
            externalID: id, tenderClass: .card, institution: "visa", token: "tok_\(id)",
            brand: "Visa", last4: "4242", amount: amount, authorized: amount,
            captured: captured ?? amount)
    }

    static func giftCard(_ amount: Int64) -> IntakeTender {
        IntakeTender(
            externalID: "gift", tenderClass: .giftCard, token: "gc_1", amount: amount,
            authorized: amount, captured: amount)
    }
}

extension OrderIntake {
    static func order(
        _ lines: [IntakeLine], _ tenders: [IntakeTender], currency: String = "EUR",
        bundles: [IntakeBundle] = []
    ) -> OrderIntake {
        OrderIntake(
            externalID: "1001", customerID: "customer-1", currencyCode: currency,
            placedAt: Instant(microseconds: 0), lines: lines, bundles: bundles, tenders: tenders)
    }

    /// The same with some fields set.
    func with(_ change: (inout OrderIntake) -> Void) -> OrderIntake {
        var intake = self
        change(&intake)
        return intake
    }

    /// Two of 24.50 and one of 51.00, discount 10.00, shipping 6.00, paid 96.00.
    static let discounted = order(
        [.plain("a", 2, 24_50), .plain("b", 1, 51_00)], [.card(96_00)]
    ).with {
        $0.orderDiscount = 10_00
        $0.shipping = 6_00
    }

    /// A bundle of three, 59.99 + 39.99 + 24.99 less 20.00, tax 8.40, shipping 8.00: 121.37.
    static let bundle = order(
        [
            .plain("1", 1, 59_99, bundle: "A"), .plain("2", 1, 39_99, bundle: "A"),
            .plain("3", 1, 24_99, bundle: "A"),
        ], [.card(121_37)], bundles: [IntakeBundle(bundleID: "A", discount: 20_00)]
    ).with {
        $0.orderTax = 8_40
        $0.shipping = 8_00
    }
}

extension IntakeLine {
    static func plain(
        _ id: String, _ quantity: Int, _ price: Int64, bundle: String? = nil,
        kind: ItemKind = .physical, seller: String? = nil
    ) -> IntakeLine {
        IntakeLine(
            lineID: id, sku: "sku-\(id)", title: "Item \(id)", kind: kind, sellerID: seller,
            quantity: quantity, unitListPrice: price,
            bundle: bundle.map { BundleMembership(bundleID: $0) })
    }
}

/// The rejection a closure throws, if it throws one.
func rejection(_ body: () throws -> Void) -> Rejection? {
    do {
        try body()
        return nil
    } catch {
        return error as? Rejection
    }
}
