// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `A refused import` {
    private func refusal(_ change: (inout OrderIntake) -> Void) -> Rejection? {
        let intake = OrderIntake.bundle.with(change)
        return rejection {
            _ = try Order.imported(
                intake,
                context: DecisionContext(
                    now: Instant(microseconds: 0), policy: .initial(text: ""), nextSequence: 1))
        }
    }

    @Test func `says by how much the tenders miss the total`() {
        let intake = OrderIntake.order(
            [.plain("a", 3, 19_43), .plain("b", 1, 38_87)], [.card(97_15)])
        let refused = rejection { _ = try Desk(intake) }
        #expect(refused == .totalMismatch(difference: -1))
        #expect(refused?.metadata.map(\.value) == ["-1"])
        #expect(refusal { $0.tenders[0].amount += 3 } == .totalMismatch(difference: 3))
        #expect(refusal { $0.grandTotal = 121_36 } == .totalMismatch(difference: 1))
        #expect(refusal { $0.grandTotal = 121_37 } == nil)
    }

    @Test func `names a note with a card number`() {
        #expect(refusal { $0.note = "4111111111111111" } == .panRejected(field: "note"))
    }

    @Test func `names a discount above its base`() {
        #expect(
            refusal { $0.lines[1].discount = 40_00 }
                == .discountExceeds(field: "lines[1].line_discount", base: 39_99))
        #expect(
            refusal { $0.bundles[0].discount = 124_98 }
                == .discountExceeds(field: "bundles[0].discount", base: 124_97))
        #expect(
            refusal { $0.orderDiscount = 104_98 }
                == .discountExceeds(field: "totals.order_discount", base: 104_97))
        #expect(
            refusal { $0.shippingDiscount = 8_01 }
                == .discountExceeds(field: "totals.shipping_discount", base: 8_00))
    }

    @Test func `names a bundle of two sellers or of none`() {
        #expect(refusal { $0.lines[2].sellerID = "s" } == .bundleSpansSellers(bundleID: "A"))
        #expect(
            refusal { $0.lines[2].bundle = BundleMembership(bundleID: "B") }
                == .unknownBundle(field: "lines[2].bundle_id", bundleID: "B"))
        #expect(
            refusal { $0.bundles.append(IntakeBundle(bundleID: "A", discount: 0)) }
                == .duplicate(field: "bundles[1].bundle_id", id: "A"))
    }

    @Test func `names what is there twice`() {
        #expect(
            refusal { $0.lines[2].lineID = "1" }
                == .duplicateLine(field: "lines[2].line_id", lineID: "1"))
        #expect(
            refusal {
                $0.tenders[0].amount -= 5
                $0.tenders[0].authorized = 0
                $0.tenders[0].captured = 0
                $0.tenders.append(.card(5))
            } == .duplicate(field: "tenders[1].external_tender_id", id: "card"))
    }

    @Test func `names a tender whose amounts contradict each other`() {
        let field = "tenders[0].authorized"
        #expect(refusal { $0.tenders[0].captured += 1 } == .tenderState(field: field))
        #expect(refusal { $0.tenders[0].authorized += 1 } == .tenderState(field: field))
        #expect(refusal { $0.tenders[0].authorized -= 1 } == .tenderState(field: field))
    }

    @Test func `names an unknown currency`() {
        #expect(
            refusal { $0.currencyCode = "XXX" }
                == .currencyUnknown(field: "currency_code", code: "XXX"))
    }

    @Test func `names a negative amount, in every place`() {
        let places: [(WritableKeyPath<OrderIntake, Int64>, String)] = [
            (\.lines[0].unitListPrice, "lines[0].unit_list_price"),
            (\.lines[0].discount, "lines[0].line_discount"), (\.lines[0].tax, "lines[0].line_tax"),
            (\.bundles[0].discount, "bundles[0].discount"),
            (\.tenders[0].amount, "tenders[0].amount"),
            (\.tenders[0].authorized, "tenders[0].authorized"),
            (\.tenders[0].captured, "tenders[0].captured"),
            (\.orderDiscount, "totals.order_discount"), (\.orderTax, "totals.order_tax"),
            (\.shipping, "totals.shipping"), (\.shippingDiscount, "totals.shipping_discount"),
            (\.shippingTax, "totals.shipping_tax"), (\.otherCharges, "totals.other_charges"),
        ]
        for (path, field) in places {
            #expect(refusal { $0[keyPath: path] = -1 } == .negativeAmount(field: field))
            #expect(
                refusal { $0[keyPath: path] = OrderLimits.amountMax + 1 }
                    == .amountOutOfRange(field: field))
        }
    }

    @Test func `names a sum that leaves the range of money`() {
        let line = IntakeLine.plain("a", 2, OrderLimits.amountMax / 2)
        let largest = OrderIntake.order([line], [.card(OrderLimits.amountMax)])
        #expect(throws: Never.self) { try Desk(largest) }
        let larger = largest.with { $0.lines[0].unitListPrice += 1 }
        #expect(
            rejection { _ = try Desk(larger) }
                == .amountOutOfRange(field: "lines[0].unit_list_price"))
        let huge = largest.with {
            $0.lines[0].unitListPrice = OrderLimits.amountMax
            $0.lines[0].quantity = OrderLimits.quantityMax
        }
        #expect(rejection { _ = try Desk(huge) }?.kind == .outOfRange)
        let twoLines = largest.with { $0.lines.append(.plain("b", 1, 1)) }
        #expect(rejection { _ = try Desk(twoLines) } == .amountOutOfRange(field: "lines"))
    }

    @Test func `names an id that is missing or too long`() {
        let ids: [(WritableKeyPath<OrderIntake, String>, String)] = [
            (\.externalID, "external_order_id"), (\.customerID, "customer_id"),
            (\.lines[0].lineID, "lines[0].line_id"), (\.lines[0].sku, "lines[0].sku"),
            (\.tenders[0].externalID, "tenders[0].external_tender_id"),
        ]
        for (path, field) in ids {
            #expect(refusal { $0[keyPath: path] = "" } == .fieldRequired(field: field))
            #expect(refusal { $0[keyPath: path] = String(repeating: "x", count: 64) } == nil)
            #expect(
                refusal { $0[keyPath: path] = String(repeating: "x", count: 65) }
                    == .tooLong(field: field, bytesMax: 64))
        }
    }

    @Test func `names a text that is too long, in bytes`() {
        let texts: [(WritableKeyPath<OrderIntake, String>, String, Int)] = [
            (\.locale, "locale", OrderLimits.localeBytesMax),
            (\.note, "note", OrderLimits.noteBytesMax),
            (\.lines[0].title, "lines[0].title", OrderLimits.titleBytesMax),
            (\.tenders[0].token, "tenders[0].token", OrderLimits.tokenBytesMax),
            (\.tenders[0].brand, "tenders[0].brand", OrderLimits.brandBytesMax),
        ]
        for (path, field, bytesMax) in texts {
            #expect(refusal { $0[keyPath: path] = String(repeating: "x", count: bytesMax) } == nil)
            #expect(
                refusal { $0[keyPath: path] = String(repeating: "x", count: bytesMax - 1) + "é" }
                    == .tooLong(field: field, bytesMax: bytesMax))
        }
    }

    @Test func `names a phone number that is too long`() {
        #expect(refusal { $0.phone = String(repeating: "1", count: 12) } == nil)
        #expect(
            refusal { $0.phone = String(repeating: "+", count: OrderLimits.phoneBytesMax + 1) }
                == .tooLong(field: "phone", bytesMax: OrderLimits.phoneBytesMax))
    }

    @Test func `names a quantity outside one to a million`() {
        for quantity in [0, -1, OrderLimits.quantityMax + 1] {
            #expect(
                refusal { $0.lines[0].quantity = quantity }
                    == .quantity(field: "lines[0].quantity", quantityMax: OrderLimits.quantityMax))
        }
        #expect(
            refusal {
                $0.lines.append(.plain("free", OrderLimits.quantityMax, 0))
            } == nil)
    }

    @Test func `names a tender that pays nothing`() {
        let intake = OrderIntake.order([.plain("a", 1, 5_00)], [.card(5_00), .card(0, id: "t2")])
        #expect(
            rejection { _ = try Desk(intake) } == .amountNotPositive(field: "tenders[1].amount"))
    }

    @Test func `names too many lines, bundles or tenders, and none at all`() {
        func lines(_ count: Int) -> [IntakeLine] { (0..<count).map { .plain("\($0)", 1, 1) } }
        func order(_ lines: [IntakeLine], _ tenders: Int, _ bundles: Int) -> Rejection? {
            // One minor unit a tender, and the rest by the last.
            let rest = Int64(lines.count - tenders + 1)
            let intake = OrderIntake.order(
                lines,
                (0..<tenders).map { .card($0 == tenders - 1 ? rest : 1, id: "t\($0)") },
                bundles: (0..<bundles).map { IntakeBundle(bundleID: "b\($0)", discount: 0) })
            return rejection { _ = try Desk(intake) }
        }
        #expect(order([], 0, 0) == .fieldRequired(field: "lines"))
        #expect(order(lines(2_000), 16, 1_000) == nil)
        #expect(order(lines(2_001), 1, 0) == .tooMany(field: "lines", countMax: 2_000))
        #expect(order(lines(20), 17, 0) == .tooMany(field: "tenders", countMax: 16))
        #expect(order(lines(1), 1, 1_001) == .tooMany(field: "bundles", countMax: 1_000))
    }

    @Test func `names a card's last digits that are not four digits`() {
        #expect(refusal { $0.tenders[0].last4 = "" } == nil)
        #expect(refusal { $0.tenders[0].last4 = "42424" }?.field == "tenders[0].last4")
        #expect(refusal { $0.tenders[0].last4 = "abcd" }?.field == "tenders[0].last4")
    }
}
