// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `Money given back` {
    /// Gift card 25.00 and card 59.99 for items of 45.00 and 39.99.
    private static let split = OrderIntake.order(
        [.plain("a", 1, 45_00), .plain("b", 1, 39_99)], [.giftCard(25_00), .card(59_99)])

    @Test func `goes to the card first, then to the gift card`() throws {
        var desk = try Desk(Self.split)
        #expect(try desk.cancel([("a", 1)]).confirmation.outcome.refunds.map(\.amount) == [45_00])
        #expect(desk.legs[0].tenderID == desk.order.tenders[1].id)
        #expect(desk.legs[0].state == .queued && desk.legs[0].kind == .online)
        let rest = try desk.cancel([("b", 1)]).confirmation.outcome.refunds
        #expect(rest.map(\.amount) == [14_99, 25_00])
        #expect(rest.map(\.tender.tenderClass) == [.card, .giftCard])
        #expect(rest.map(\.state) == [.queued, .settled])
        #expect(rest.map(\.kind) == [.online, .immediate])
        #expect(desk.order.tenders.map(\.refundSettled) == [25_00, 0])
        #expect(desk.order.tenders.map(\.refundPending) == [0, 59_99])
        #expect(desk.order.paymentState == .partiallyRefunded)
    }

    @Test func `is split by what is left of each tender where the policy says so`() throws {
        var policy = Policy.initial(text: "")
        policy.parameters.split = .proRata
        var desk = try Desk(Self.split, policy: policy)
        let first = try desk.cancel([("a", 1)]).confirmation.outcome.refunds
        // 45.00 over 59.99 and 25.00: 31.76 and 13.24.
        #expect(first.map(\.amount) == [31_76, 13_24])
        let rest = try desk.cancel([("b", 1)]).confirmation.outcome.refunds
        #expect(rest.map(\.amount) == [28_23, 11_76])
        #expect(desk.order.tenders.allSatisfy { $0.room == 0 })
    }

    @Test func `prefers tenders by class, then by import order`() throws {
        let classes: [TenderClass] = [.giftCard, .storeCredit, .offline, .wallet, .bank, .card]
        let tenders = classes.enumerated().map { index, tenderClass in
            var tender = IntakeTender.card(10, id: "t\(index)")
            tender.tenderClass = tenderClass
            return tender
        }
        var desk = try Desk(.order([.plain("a", 1, 60)], tenders))
        let refunds = try desk.cancel([("a", 1)]).confirmation.outcome.refunds
        #expect(
            refunds.map(\.tender.tenderClass)
                == [.card, .wallet, .bank, .offline, .storeCredit, .giftCard])
        #expect(
            refunds.map(\.kind) == [.online, .online, .online, .manual, .immediate, .immediate])
        #expect(
            refunds.map(\.state) == [.queued, .queued, .queued, .queued, .settled, .settled])
    }

    @Test func `releases what was never captured before any captured money goes back`() throws {
        var desk = try Desk(
            .order(
                [.plain("a", 1, 40_00), .plain("b", 1, 60_00)], [.card(100_00, captured: 60_00)])
        )
        let outcome = try desk.cancel([("a", 1)]).confirmation.outcome
        #expect(outcome.releases.map(\.amount) == [40_00])
        #expect(outcome.releases.map(\.voided) == [false])
        #expect(outcome.refunds.isEmpty)
        let rest = try desk.cancel([("b", 1)]).confirmation.outcome
        #expect(rest.releases.isEmpty && rest.refunds.map(\.amount) == [60_00])
    }

    @Test func `is owed only in excess of the release`() throws {
        var desk = try Desk(
            .order(
                [.plain("a", 1, 70_00), .plain("b", 1, 30_00)], [.card(100_00, captured: 60_00)])
        )
        let decision = try desk.cancel([("a", 1), ("b", 1)])
        #expect(decision.confirmation.outcome.releases.map(\.amount) == [40_00])
        #expect(
            decision.change.obligation?.parts == [
                .init(subject: .units(line: 0, first: 0, count: 1), amount: 30_00),
                .init(subject: .units(line: 1, first: 1, count: 1), amount: 30_00),
            ])
        #expect(decision.confirmation.text.contains("Authorization released: EUR 40.00"))
    }

    @Test func `is not owed for what an expired authorization never paid`() throws {
        var desk = try Desk(
            .order(
                [.plain("a", 1, 40_00), .plain("b", 1, 60_00)], [.card(100_00, captured: 60_00)])
        )
        try desk.tender(0, .expired)
        let outcome = try desk.cancel([("a", 1)]).confirmation.outcome
        #expect(outcome.refunds.isEmpty)
        #expect(desk.order.tenders[0].state == .expired)
        #expect(try desk.cancel([("b", 1)]).confirmation.outcome.refunds.map(\.amount) == [60_00])
    }

    @Test(arguments: [(45_00, false), (44_99, true)] as [(Int64, Bool)])
    func `waits for approval above the threshold, all legs of it`(
        threshold: Int64, waits: Bool
    ) throws {
        var policy = Policy.initial(text: "")
        policy.parameters.approvalThresholds = ["EUR": threshold]
        var desk = try Desk(Self.split, policy: policy)
        let first = try desk.cancel([("a", 1)])
        #expect(first.change.legs.map(\.state) == [waits ? .awaitingApproval : .queued])
        #expect(desk.order.obligatedWithoutApproval == (waits ? 0 : 45_00))
        #expect(first.confirmation.text.contains("waiting for approval") == waits)
        let second = try desk.cancel([("b", 1)])
        let state: [RefundState] =
            waits ? [.queued, .settled] : [.awaitingApproval, .awaitingApproval]
        #expect(second.change.legs.map(\.state) == state)
    }

    @Test func `has no threshold in another currency`() throws {
        var policy = Policy.initial(text: "")
        policy.parameters.approvalThresholds = ["USD": 0]
        var desk = try Desk(Self.split, policy: policy)
        #expect(try desk.cancel([("a", 1)]).change.legs.map(\.state) == [.queued])
    }

    @Test func `is nothing for free items, and the message says so`() throws {
        var desk = try Desk(.order([.plain("a", 1, 0)], []))
        let decision = try desk.cancel([("a", 1)])
        #expect(decision.change.obligation == nil)
        #expect(decision.confirmation.text.contains("You were not charged"))
        #expect(desk.order.isInCanceledView)
    }

    @Test func `includes shipping and other charges with the last physical unit`() throws {
        let intake = OrderIntake.order(
            [.plain("a", 1, 10_00), .plain("b", 1, 10_00), .plain("d", 1, 3_00, kind: .digital)],
            [.card(30_50)]
        ).with {
            $0.shipping = 5_00
            $0.otherCharges = 2_50
        }
        var desk = try Desk(intake)
        #expect(try desk.cancel([("a", 1)]).confirmation.outcome.total == 10_00)
        let last = try desk.cancel([("b", 1)])
        #expect(last.confirmation.outcome.total == 17_50)
        #expect(
            last.change.obligation?.parts.map(\.subject)
                == [.units(line: 1, first: 1, count: 1), .shipping, .otherCharges])
        #expect(!desk.order.isInCanceledView)
        #expect(desk.order.tenders[0].room == 3_00)
    }
}
