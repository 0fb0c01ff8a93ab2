// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `A cancellation` {
    @Test func `before capture releases the authorization and charges nothing`() throws {
        var desk = try Desk(.order([.plain("a", 2, 43_20)], [.card(86_40, captured: 0)]))
        let decision = try desk.cancel([("a", 2)])
        let tender = desk.order.tenders[0]
        #expect(desk.state("a") == [.canceled, .canceled])
        #expect(desk.order.isInCanceledView)
        #expect(tender.state == .voidQueued)
        #expect(tender.released == 86_40)
        #expect(decision.change.legs.isEmpty && decision.change.obligation == nil)
        #expect(decision.confirmation.outcome.releases.map(\.amount) == [86_40])
        #expect(decision.confirmation.outcome.releases.map(\.voided) == [true])
        #expect(decision.confirmation.text.contains("You were not charged. Released: EUR 86.40"))
        #expect(desk.messages.map(\.kind) == [.cancelConfirmed])
        #expect(desk.order.paymentState == .voided)
        try desk.tender(0, .voided)
        #expect(desk.order.tenders[0].state == .voided)
        let ledger = Ledger(order: desk.order, obligations: [], legs: [])
        #expect(ledger.balances.isEmpty)
    }

    @Test func `of one of two gives back its share and keeps shipping`() throws {
        var desk = try Desk(.discounted)
        let first = try desk.cancel([("a", 1)])
        #expect(first.confirmation.outcome.refunds.map(\.amount) == [22_05])
        #expect(first.confirmation.outcome.chargesReturned == 0)
        #expect(first.confirmation.text.contains("EUR 22.05"))
        #expect(!desk.order.isInCanceledView && desk.order.isPartiallyCanceled)
        #expect(desk.order.isInOpenView)
        let rest = try desk.cancel([("a", 1), ("b", 1)])
        #expect(rest.change.obligation?.parts.map(\.amount) == [22_05, 45_90, 6_00])
        #expect(rest.confirmation.outcome.chargesReturned == 6_00)
        #expect(desk.legs.reduce(0) { $0 + $1.amount } == 96_00)
        #expect(desk.order.isInCanceledView && !desk.order.isPartiallyCanceled)
        #expect(desk.order.state == .canceled)
    }

    @Test func `of one unit by one tender is exactly two events`() throws {
        var desk = try Desk(.discounted)
        let before = desk.context.nextSequence
        let decision = try desk.cancel([("a", 1)])
        #expect(decision.change.events.count == 2)
        let obligation = ObligationID(before)
        #expect(decision.change.obligation?.id == obligation)
        #expect(decision.change.legs.map(\.id) == [RefundID(before + 1)])
        #expect(decision.confirmation.id == CancellationID(before))
        var canceled = desk.order.runs[0]
        canceled.count = 1
        #expect(
            decision.change.events[0].fact
                == .unitCanceled(
                    run: canceled, obligation: obligation, byBundle: false, reason: .changedMind))
        #expect(decision.change.events[1].fact == .refundCreated(desk.legs[0]))
        #expect(decision.change.events[1].aggregate == .refund(desk.legs[0].id))
    }

    @Test func `of the last unit adds what went with it`() throws {
        var desk = try Desk(.order([.plain("a", 1, 10_00)], [.card(10_00)]))
        let facts = try desk.cancel([("a", 1)]).change.events.map(\.fact)
        #expect(facts.count == 3)
        #expect(facts[1] == .orderCanceled)
    }

    @Test func `leaves digital items out, or refuses the whole`() throws {
        var desk = try Desk(
            .order(
                [.plain("a", 1, 10_00), .plain("d", 1, 5_00, kind: .digital)], [.card(15_00)]
            ).with { $0.lines[1].kind = .subscription })
        let refused = rejection { _ = try desk.preview([("a", 1), ("d", 1)]) }
        #expect(refused == .notPhysical(lines: ["d"]))
        #expect(refused?.reason == "NOT_PHYSICAL")
        #expect(refused?.metadata.map(\.value) == ["d"])
        let decision = try desk.cancel([("a", 1), ("d", 1)], partial: true)
        #expect(decision.confirmation.outcome.canceled.map(\.lineID) == ["a"])
        #expect(
            decision.confirmation.outcome.skipped
                == [SkippedItem(lineID: "d", quantity: 1, open: 0, reason: .notPhysical)])
        #expect(desk.state("a") == [.canceled])
        #expect(desk.state("d") == [.digital])
        #expect(!desk.order.isInCanceledView)
    }

    @Test func `takes the lowest-numbered open units`() throws {
        let intake = OrderIntake.order(
            [.plain("a", 3, 1_000)], [.card(2_500)], currency: "JPY"
        ).with { $0.orderDiscount = 500 }
        var desk = try Desk(intake)
        try desk.begin("s", [UnitSelection(lineID: "a", quantity: 1)])
        #expect(try desk.preview([("a", 2)]).outcome.total == 1_667)
        let decision = try desk.cancel([("a", 2)])
        #expect(decision.confirmation.outcome.total == 1_667)
        #expect(decision.confirmation.text.contains("JPY 1667"))
        #expect(desk.state("a") == [.inProcess, .canceled, .canceled])
    }

    @Test func `gives all three yen units back in any order`() throws {
        let intake = OrderIntake.order(
            [.plain("a", 3, 1_000)], [.card(2_500)], currency: "JPY"
        ).with { $0.orderDiscount = 500 }
        var desk = try Desk(intake)
        #expect(try desk.cancel([("a", 1)]).confirmation.outcome.total == 833)
        #expect(try desk.cancel([("a", 2)]).confirmation.outcome.total == 1_667)
    }

    @Test func `previews exactly what it does`() throws {
        var desk = try Desk(.bundle)
        try desk.ship("s", [UnitSelection(lineID: "1", quantity: 1)])
        let preview = try desk.preview([("2", 1)])
        #expect(preview.bundleClosureRequired)
        #expect(preview.version == desk.order.version)
        let decision = try desk.cancel([("2", 1)], accept: true)
        var outcome = decision.confirmation.outcome
        for index in outcome.refunds.indices { outcome.refunds[index].refundID = nil }
        #expect(preview.outcome == outcome)
    }

    @Test func `is refused for a version that is not the order's`() throws {
        let desk = try Desk(.discounted)
        var command = Desk.command([("a", 1)])
        command.expectedVersion = 2
        #expect(
            rejection { _ = try desk.order.cancel(command, context: desk.context) }
                == .version(expected: 2, actual: 1))
        command.expectedVersion = 1
        #expect(throws: Never.self) { try desk.order.cancel(command, context: desk.context) }
    }

    @Test func `costs a handful of runs whatever the quantity`() throws {
        var desk = try Desk(
            .order([.plain("a", 1_000_000, 19_99)], [.card(1_999_000_000 - 1_234_567)]).with {
                $0.orderDiscount = 1_234_567
            })
        try desk.cancel([("a", 1)])
        #expect(desk.order.runs.count <= 3)
        try desk.cancel([("a", 700_000)])
        #expect(desk.order.runs.count <= 4)
        #expect(desk.order.lineCounters[0][.canceled] == 700_001)
        try desk.cancel([("a", 299_999)])
        #expect(desk.order.runs.count <= 2)
        #expect(desk.order.tenders[0].room == 0)
    }
}
