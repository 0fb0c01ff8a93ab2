// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `An import` {
    @Test func `freezes the shares of an order discount`() throws {
        let desk = try Desk(.discounted)
        #expect(desk.allocated == [22_05, 22_05, 45_90])
        #expect(desk.order.shipping == Bucket(charged: 6_00))
        #expect(desk.order.grandTotal == 96_00)
        #expect(desk.order.runs.count == 2)
    }

    @Test func `freezes the shares of a bundle discount and of order tax`() throws {
        let desk = try Desk(.bundle)
        #expect(desk.order.runs.map(\.net) == [50_39, 33_59, 20_99])
        #expect(desk.order.runs.map(\.tax) == [4_03, 2_69, 1_68])
        #expect(desk.allocated == [54_42, 36_28, 22_67])
    }

    @Test func `spreads a discount and tax that do not divide evenly`() throws {
        let intake = OrderIntake.order(
            [.plain("a", 3, 19_99), .plain("b", 1, 39_99)], [.card(102_16)]
        ).with {
            $0.orderDiscount = 10_00
            $0.orderTax = 7_20
            $0.shipping = 5_00
        }
        #expect(try Desk(intake).allocated == [19_43, 19_43, 19_43, 38_87])
    }

    @Test func `leaves a unit at its list price when nothing is taken off`() throws {
        let desk = try Desk(.order([.plain("a", 1, 84_90)], [.card(84_90)]))
        #expect(desk.order.runs[0].net == 84_90)
        #expect(desk.order.runs[0].tax == 0)
    }

    @Test func `counts yen in yen`() throws {
        let intake = OrderIntake.order(
            [.plain("a", 3, 1_000)], [.card(2_500)], currency: "JPY"
        ).with { $0.orderDiscount = 500 }
        #expect(try Desk(intake).allocated == [833, 833, 834])
    }

    @Test func `spreads line tax in dinars to the last fils`() throws {
        var line = IntakeLine.plain("a", 3, 20_000)
        line.tax = 10_000
        let desk = try Desk(.order([line], [.card(70_000)], currency: "KWD"))
        #expect(desk.allocated.map { $0 - 20_000 } == [3_334, 3_333, 3_333])
    }

    @Test func `weighs by list price where nothing is left to weigh by`() throws {
        var lines = [IntakeLine.plain("a", 1, 30_00), .plain("b", 1, 10_00)]
        lines[0].discount = 30_00
        lines[1].discount = 10_00
        let taxed = OrderIntake.order(lines, [.card(4_00)]).with { $0.orderTax = 4_00 }
        #expect(try Desk(taxed).allocated == [3_00, 1_00])
    }

    @Test func `weighs equally where even list prices are zero`() throws {
        let free = OrderIntake.order(
            [.plain("a", 1, 0), .plain("b", 2, 0)], [.card(1_00)]
        ).with { $0.orderTax = 1_00 }
        #expect(try Desk(free).allocated == [34, 33, 33])
    }

    @Test func `shares shipping over physical units only`() throws {
        let intake = OrderIntake.order(
            [.plain("a", 2, 10_00), .plain("d", 1, 50_00, kind: .digital)], [.card(75_00)]
        ).with { $0.shipping = 5_00 }
        let desk = try Desk(intake)
        #expect(desk.order.runs.map(\.shippingShare) == [2_50, 0])
        #expect(desk.order.runs.map(\.state) == [.open, .digital])
    }

    @Test func `takes the order discount from eligible lines only`() throws {
        var excluded = IntakeLine.plain("b", 1, 10_00)
        excluded.takesOrderDiscount = false
        let intake = OrderIntake.order([.plain("a", 1, 10_00), excluded], [.card(15_00)]).with {
            $0.orderDiscount = 5_00
        }
        #expect(try Desk(intake).allocated == [5_00, 10_00])
    }

    @Test func `numbers units in import order, lines in order`() throws {
        let desk = try Desk(.discounted)
        #expect(desk.order.lines.map(\.firstUnit) == [0, 2])
        #expect(desk.order.runs.map(\.first) == [0, 2])
    }

    @Test func `gives every order and tender the number of its own event`() throws {
        let intake = OrderIntake.order([.plain("a", 1, 50_00)], [.giftCard(20_00), .card(30_00)])
        let context = DecisionContext(
            now: Instant(microseconds: 5), policy: .initial(text: ""), nextSequence: 100)
        let change = try Order.imported(intake, context: context)
        #expect(change.after.id == OrderID(100))
        #expect(change.after.tenders.map(\.id) == [TenderID(101), TenderID(102)])
        #expect(change.events.count == 3)
        #expect(change.after.policyVersion == 1)
        #expect(change.before == nil)
    }

    @Test(
        arguments: [
            (0, 0, .expected), (50, 0, .authorized), (50, 20, .partiallyCaptured),
            (50, 50, .captured),
            (40, 40, .captured),
        ] as [(Int64, Int64, TenderState)])
    func `reads a tender's state from its amounts`(
        authorized: Int64, captured: Int64, state: TenderState
    ) throws {
        var tender = IntakeTender.card(50)
        tender.authorized = authorized
        tender.captured = captured
        let desk = try Desk(.order([.plain("a", 1, 50)], [tender]))
        #expect(desk.order.tenders[0].state == state)
        #expect((desk.order.tenders[0].capturedAt != nil) == (captured > 0))
    }

    @Test func `stores a million units as a handful of runs`() throws {
        let intake = OrderIntake.order(
            [.plain("a", 1_000_000, 19_99), .plain("b", 7, 3_33)], [.card(1_999_002_330)]
        ).with {
            $0.orderDiscount = 1_234_567
            $0.orderTax = 234_568
            $0.shipping = 99_98
            $0.shippingTax = 2
            $0.tenders[0] = .card(1_999_002_331 - 1_234_567 + 234_568 + 100_00)
        }
        let desk = try Desk(intake)
        #expect(desk.order.runs.count <= 8)
        #expect(desk.order.runs.reduce(0) { $0 + $1.count } == 1_000_007)
    }

    @Test func `is known again by its content, whatever happened since`() throws {
        var desk = try Desk(.discounted)
        try desk.cancel([("a", 1)])
        #expect(desk.order.wasImported(as: .discounted, context: desk.context))
        let other = OrderIntake.discounted.with { $0.customerID = "customer-2" }
        #expect(!desk.order.wasImported(as: other, context: desk.context))
        let dearer = OrderIntake.discounted.with {
            $0.lines[0].unitListPrice += 1
            $0.orderDiscount += 2
        }
        #expect(!desk.order.wasImported(as: dearer, context: desk.context))
    }
}
