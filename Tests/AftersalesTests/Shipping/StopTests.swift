// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `A stop task` {
    /// The bundle with item 1 being picked and to be stopped, items 2 and 3 canceled.
    private func stopping() throws -> (Desk, TaskID) {
        var desk = try Desk(.bundle)
        try desk.begin("p", [UnitSelection(lineID: "1", quantity: 1)])
        try desk.cancel([("2", 1)], accept: true)
        let task = try #require(desk.tasks.keys.first)
        try desk.lease(task)
        return (desk, task)
    }

    @Test func `that succeeds cancels, refunds with shipping, and tells the customer`() throws {
        var (desk, task) = try stopping()
        let decision = try desk.acknowledge(task, .done)
        #expect(decision.canceled.map(\.amount) == [54_42])
        #expect(decision.refunds.map(\.amount) == [62_42])
        #expect(desk.state("1") == [.canceled])
        #expect(desk.order.isInCanceledView)
        #expect(desk.messages.map(\.kind) == [.cancelConfirmed, .stopResult])
        #expect(desk.messages[1].text.contains("EUR 62.42"))
        #expect(desk.tasks[task]?.state == .done)
        #expect(desk.legs.reduce(0) { $0 + $1.amount } == 121_37)
    }

    @Test func `that was released cancels, too`() throws {
        var (desk, task) = try stopping()
        try desk.acknowledge(task, .released)
        #expect(desk.state("1") == [.canceled])
    }

    @Test func `that came too late ships, and the customer is told`() throws {
        var (desk, task) = try stopping()
        let decision = try desk.acknowledge(task, .tooLate)
        #expect(decision.shipped.map(\.lineID) == ["1"])
        #expect(desk.state("1") == [.shipped])
        #expect(decision.refunds.isEmpty)
        #expect(desk.messages.last?.text.contains("Already shipped: 1 × Item 1") == true)
        let picked = try desk.report("p", [.at(5, .pickedUp), .at(6, .delivered)])
        #expect(picked.outcomes == [.applied, .applied])
        #expect(desk.state("1") == [.delivered])
    }

    @Test func `that failed leaves the unit in the shipping process`() throws {
        var (desk, task) = try stopping()
        let decision = try desk.acknowledge(task, .failed)
        #expect(decision.continuing.map(\.lineID) == ["1"])
        #expect(desk.state("1") == [.inProcess])
        #expect(desk.messages.last?.text.contains("Could not be stopped: 1 × Item 1") == true)
    }

    @Test func `is moot once the parcel was picked up, and the customer is told`() throws {
        var (desk, task) = try stopping()
        try desk.report("p", [.at(5, .pickedUp)])
        #expect(desk.tasks[task]?.state == .moot)
        #expect(desk.state("1") == [.shipped])
        #expect(desk.messages.last?.kind == .stopResult)
        let late = try desk.acknowledge(task, .done)
        #expect(late.change == nil)
        #expect(desk.state("1") == [.shipped])
    }

    @Test func `whose parcel goes out after all is an incident`() throws {
        var (desk, task) = try stopping()
        try desk.acknowledge(task, .done)
        #expect(try desk.report("p", [.at(5, .pickedUp)]).outcomes == [.incident])
        #expect(desk.state("1") == [.canceled])
    }

    @Test func `is acknowledged by the latest lease only, and once`() throws {
        var (desk, task) = try stopping()
        #expect(rejection { _ = try desk.acknowledge(task, .done, token: 8) } == .leaseLost)
        desk.now = Instant(microseconds: desk.now.microseconds + 60_000_000)
        var late = desk
        try late.acknowledge(task, .done)
        #expect(
            rejection { _ = try late.acknowledge(task, .done) }
                == .invalidTransition(from: "DONE", event: "ACK"))
        try desk.lease(task, token: 8)
        #expect(rejection { _ = try desk.acknowledge(task, .done, token: 7) } == .leaseLost)
        try desk.acknowledge(task, .done, token: 8)
    }

    @Test func `may end otherwise for some of its units`() throws {
        var desk = try Desk(
            .order(
                [.plain("a", 5, 10_00, bundle: "A"), .plain("b", 1, 1_00, bundle: "A")],
                [.card(51_00)], bundles: [IntakeBundle(bundleID: "A", discount: 0)]))
        try desk.begin("p", [UnitSelection(lineID: "a", quantity: 5)])
        try desk.cancel([("b", 1)], accept: true)
        let task = try #require(desk.tasks.keys.first)
        try desk.lease(task)
        let outside = StopReport.Exception(first: 4, count: 2, outcome: .failed)
        #expect(
            rejection { _ = try desk.acknowledge(task, .done, exceptions: [outside]) }
                == .unknownLine(field: "unit_outcomes", lineID: "a"))
        let decision = try desk.acknowledge(
            task, .done,
            exceptions: [
                .init(first: 3, count: 1, outcome: .failed),
                .init(first: 1, count: 1, outcome: .tooLate),
            ])
        #expect(desk.state("a") == [.canceled, .shipped, .canceled, .inProcess, .canceled])
        #expect(decision.refunds.map(\.amount) == [30_00])
        #expect(decision.change?.obligation?.parts.count == 3)
    }

    @Test func `is leased for 5 to 900 seconds, to one at a time`() throws {
        let (desk, id) = try stopping()
        let task = try #require(desk.tasks[id])
        #expect(try task.leased(token: 9, seconds: 60, now: desk.now) == nil)
        let later = Instant(microseconds: desk.now.microseconds + 60_000_000)
        let before = Instant(microseconds: later.microseconds - 1)
        #expect(!task.isLeasable(at: before) && task.isLeasable(at: later))
        for seconds in [5, 900] as [Int64] {
            let leased = try task.leased(token: 9, seconds: seconds, now: later)
            #expect(
                leased?.leasedUntil
                    == Instant(microseconds: later.microseconds + seconds * 1_000_000))
        }
        for seconds in [4, 901] as [Int64] {
            #expect(
                rejection { _ = try task.leased(token: 9, seconds: seconds, now: later) }
                    == .leaseLength(field: "lease_seconds"))
        }
    }
}
