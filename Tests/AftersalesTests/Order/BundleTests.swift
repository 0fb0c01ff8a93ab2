// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `A discounted bundle` {
    @Test func `goes whole as far as it has not shipped`() throws {
        var desk = try Desk(.bundle)
        try desk.ship("s", [UnitSelection(lineID: "1", quantity: 1)])
        let decision = try desk.cancel([("2", 1)], accept: true)
        let outcome = decision.confirmation.outcome
        #expect(outcome.canceled.map(\.lineID) == ["2"])
        #expect(outcome.alsoCanceledByBundle.map(\.lineID) == ["3"])
        #expect(decision.change.obligation?.parts.map(\.amount) == [36_28, 22_67])
        #expect(outcome.refunds.map(\.amount) == [58_95])
        #expect(outcome.chargesReturned == 0)
        #expect(desk.order.runs[0].refunded == 0)
        #expect(desk.state("1") == [.shipped])
        #expect(decision.confirmation.text.contains("same bundle: 1 × Item 3"))
    }

    @Test func `is not broken without being accepted`() throws {
        var desk = try Desk(.bundle)
        try desk.ship("s", [UnitSelection(lineID: "1", quantity: 1)])
        let before = desk.order
        let refused = rejection {
            _ = try desk.order.cancel(
                Desk.command([("2", 1)]), context: desk.context)
        }
        #expect(
            refused
                == .bundleClosureRequired([
                    ClosureItem(
                        lineID: "2", bundleID: "A", canceling: 1, selected: 1, stopping: 0),
                    ClosureItem(
                        lineID: "3", bundleID: "A", canceling: 1, selected: 0, stopping: 0),
                ]))
        #expect(refused?.reason == "BUNDLE_CLOSURE_REQUIRED")
        #expect(desk.order == before)
    }

    @Test func `needs no acceptance when all of it is selected`() throws {
        var desk = try Desk(.bundle)
        try desk.cancel([("1", 1), ("2", 1), ("3", 1)])
        #expect(desk.order.isInCanceledView)
        #expect(desk.legs.map(\.amount) == [121_37])
    }

    @Test func `leaves another instance untouched`() throws {
        var desk = try Desk(
            .order(
                [
                    .plain("a1", 1, 10_00, bundle: "A"), .plain("a2", 1, 20_00, bundle: "A"),
                    .plain("b1", 1, 10_00, bundle: "B"), .plain("b2", 1, 20_00, bundle: "B"),
                ], [.card(50_00)],
                bundles: [
                    IntakeBundle(bundleID: "A", discount: 5_00),
                    IntakeBundle(bundleID: "B", discount: 5_00),
                ]))
        let decision = try desk.cancel([("a1", 1)], accept: true)
        #expect(decision.confirmation.outcome.total == 25_00)
        #expect(desk.state("a1") + desk.state("a2") == [.canceled, .canceled])
        #expect(desk.state("b1") + desk.state("b2") == [.open, .open])
    }

    @Test func `asks the warehouse to stop what is being picked`() throws {
        var desk = try Desk(.bundle)
        try desk.begin("s", [UnitSelection(lineID: "1", quantity: 1)])
        let next = desk.context.nextSequence
        let decision = try desk.cancel([("2", 1), ("3", 1)], accept: true)
        let task = try #require(decision.change.tasks.first)
        #expect(desk.state("1") == [.stopRequested])
        #expect(task.kind == .stop && task.state == .open && task.first == 0 && task.count == 1)
        #expect(decision.confirmation.outcome.stopping.map(\.amount) == [54_42])
        #expect(decision.confirmation.outcome.total == 58_95)
        guard
            case .unitStopRequested(_, let id, _) =
                decision.change.events[Int(task.id.value - next)].fact
        else {
            Issue.record("the task's id is not the number of its event")
            return
        }
        #expect(id == task.id)
        #expect(decision.confirmation.text.contains("asked the warehouse to stop: 1 × Item 1"))
    }

    @Test func `never takes digital units along`() throws {
        var desk = try Desk(
            .order(
                [
                    .plain("a", 1, 10_00, bundle: "A"),
                    .plain("d", 1, 10_00, bundle: "A", kind: .digital),
                ], [.card(20_00)], bundles: [IntakeBundle(bundleID: "A", discount: 0)]))
        try desk.cancel([("a", 1)])
        #expect(desk.state("d") == [.digital])
    }

    @Test func `is skipped whole where a part is allowed and it was not accepted`() throws {
        var intake = OrderIntake.bundle
        intake.lines.append(.plain("x", 1, 10_00))
        intake.tenders[0] = .card(131_37)
        var desk = try Desk(intake)
        let decision = try desk.cancel([("2", 1), ("x", 1)], partial: true)
        #expect(decision.confirmation.outcome.canceled.map(\.lineID) == ["x"])
        #expect(
            decision.confirmation.outcome.skipped == [
                SkippedItem(lineID: "2", quantity: 1, open: 1, reason: .bundleClosureRequired)
            ])
        #expect(desk.state("2") + desk.state("3") == [.open, .open])
        #expect(
            rejection { _ = try desk.preview([("2", 1)], partial: true) }?.reason
                == "BUNDLE_CLOSURE_REQUIRED")
    }

    @Test func `tells selected units of a line from those the bundle adds`() throws {
        var desk = try Desk(
            .order(
                [.plain("a", 3, 10_00, bundle: "A")], [.card(25_00)],
                bundles: [IntakeBundle(bundleID: "A", discount: 5_00)]))
        let outcome = try desk.cancel([("a", 1)], accept: true).confirmation.outcome
        #expect(outcome.canceled.map(\.first) == [0] && outcome.canceled.map(\.count) == [1])
        #expect(outcome.alsoCanceledByBundle.map(\.first) == [1])
        #expect(outcome.alsoCanceledByBundle.map(\.count) == [2])
        #expect(outcome.total == 25_00)
    }
}
