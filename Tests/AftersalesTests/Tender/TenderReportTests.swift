// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `A tender's report` {
    private func desk(authorized: Int64 = 100_00) throws -> Desk {
        var tender = IntakeTender.card(100_00, captured: 0)
        tender.authorized = authorized
        return try Desk(.order([.plain("a", 2, 50_00)], [tender]))
    }

    @Test func `authorizes, captures in parts and is done`() throws {
        var desk = try desk(authorized: 0)
        #expect(desk.order.paymentState == .unpaid)
        try desk.tender(0, .authorized(amount: 100_00))
        #expect(desk.order.paymentState == .authorized)
        try desk.tender(0, .captured(amount: 30_00, isFinal: false))
        #expect(desk.order.tenders[0].state == .partiallyCaptured)
        #expect(desk.order.paymentState == .partiallyCaptured)
        try desk.tender(0, .captured(amount: 70_00, isFinal: false))
        #expect(desk.order.tenders[0].state == .captured)
        #expect(desk.order.paymentState == .captured)
        #expect(desk.order.salesBalance == 100_00)
    }

    @Test func `above what is allowed is refused at one past it`() throws {
        var desk = try desk(authorized: 0)
        #expect(
            rejection { _ = try desk.tender(0, .authorized(amount: 100_01)) }
                == .amountExceedsTender(max: 100_00))
        try desk.tender(0, .authorized(amount: 80_00))
        #expect(
            rejection { _ = try desk.tender(0, .captured(amount: 80_01, isFinal: true)) }
                == .amountExceedsAuthorized(max: 80_00))
        try desk.tender(0, .captured(amount: 80_00, isFinal: true))
        #expect(
            rejection { _ = try desk.tender(0, .captured(amount: 1, isFinal: true)) }
                == .amountExceedsAuthorized(max: 0))
        #expect(
            rejection { _ = try desk.tender(0, .captured(amount: 0, isFinal: true)) }
                == .amountNotPositive(field: "amount"))
    }

    @Test func `of a capture above what cancellations left goes back at once`() throws {
        var desk = try desk()
        try desk.cancel([("a", 1)])
        let decision = try desk.tender(0, .captured(amount: 100_00, isFinal: true))
        #expect(decision.change.obligation?.cause == .overcapture)
        #expect(decision.change.obligation?.amount == 50_00)
        #expect(decision.refunds.map(\.amount) == [50_00])
        #expect(desk.messages.last?.kind == .refundStarted)
        #expect(try desk.cancel([("a", 1)]).confirmation.outcome.refunds.map(\.amount) == [50_00])
        #expect(desk.order.tenders[0].room == 0)
    }

    @Test func `of a capture that crossed the void goes back whole`() throws {
        var desk = try desk()
        try desk.cancel([("a", 2)])
        #expect(desk.order.tenders[0].state == .voidQueued)
        let decision = try desk.tender(0, .captured(amount: 100_00, isFinal: true))
        #expect(decision.change.obligation?.id.value == decision.change.legs[0].id.value - 1)
        #expect(desk.order.tenders[0].room == 0)
        #expect(desk.order.salesBalance == 0)
        #expect(desk.order.state == .canceled)
    }

    @Test func `of an authorization that came after everything was canceled asks to void`() throws {
        var desk = try desk(authorized: 0)
        try desk.cancel([("a", 2)])
        #expect(desk.order.tenders[0].state == .expected)
        try desk.tender(0, .authorized(amount: 100_00))
        #expect(desk.order.tenders[0].state == .voidQueued)
    }

    @Test func `is refused for what the state does not allow`() throws {
        var desk = try desk()
        try desk.tender(0, .voided)
        #expect(
            rejection { _ = try desk.tender(0, .captured(amount: 1, isFinal: true)) }
                == .invalidTransition(from: "VOIDED", event: "CAPTURED"))
        #expect(rejection { _ = try desk.tender(0, .expired) }?.reason == "INVALID_TRANSITION")
        #expect(
            rejection {
                _ = try desk.order.reportTender(
                    TenderID(99), report: TenderReport(event: .voided, occurredAt: desk.now),
                    context: desk.context)
            } == .tenderNotFound)
        #expect(
            rejection {
                _ = try desk.order.reportTender(
                    desk.order.tenders[0].id,
                    report: TenderReport(event: .voided, occurredAt: desk.now, expectedVersion: 1),
                    context: desk.context)
            } == .version(expected: 1, actual: 2))
    }
}
