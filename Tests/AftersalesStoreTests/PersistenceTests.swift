// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesStore
import SQLite
import Synchronization
import Testing

@Suite struct PersistenceTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    /// Holds what the last decision said an order would be.
    final class Expected: Sendable {
        let order = Mutex<Order?>(nil)
    }

    @Test(arguments: [true, false])
    func `an imported order loads as it was decided`(captured: Bool) throws {
        var desk = try Desk(scratch)
        let expected = Expected()
        let outcome = try desk.run { transaction in
            let change = try Order.imported(
                .basket(id: "o", captured: captured),
                context: DecisionContext(
                    now: transaction.now, policy: transaction.currentPolicy(),
                    nextSequence: transaction.nextSequence()))
            expected.order.withLock { $0 = change.after }
            return change
        }
        #expect(outcome.word == "committed version 1")
        let loaded = try desk.batch.read { try $0.order(externalID: "o") }
        #expect(loaded == expected.order.withLock { $0 })
        #expect(try desk.batch.read { try $0.order(externalID: "p") } == nil)
    }

    @Test func `a cancellation leaves its leg, its obligation and its message`() throws {
        var desk = try Desk(scratch)
        let id = try desk.importOrder(.mugs(3))
        _ = try desk.batch.run([.cancel(key: "k", id, ["l-1": 1])])
        try desk.batch.read { snapshot in
            let order = try #require(try snapshot.order(id))
            #expect(order.runs.map(\.count) == [1, 2])
            #expect(order.tenders[0].refundPending == 1_000)
            let leg = try #require(try snapshot.legs(of: order).first)
            #expect(leg.amount == 1_000 && leg.state == .queued)
            let obligation = try #require(try snapshot.obligation(leg.obligationID))
            #expect(
                obligation.parts == [
                    .init(subject: .units(line: 0, first: 0, count: 1), amount: 1_000)
                ])
            let messages = try snapshot.messages(MessageQuery(customerID: "c-1"), limit: 10)
            #expect(messages.map(\.content.kind) == [.cancelConfirmed])
            #expect(messages[0].id.value == obligation.id.value)
            #expect(try snapshot.unreadCount(of: "c-1") == 1)
        }
    }

    /// Any interleaving of decisions loads as decided, keeps every invariant and chains its events.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func `whatever is decided is what loads`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var desk = try Desk(scratch)
        let id = try desk.importOrder(.basket(id: "o", captured: seed % 2 == 0))
        var committed = 0
        for step in 0..<60 {
            let expected = Expected()
            let draw = random.next()
            let outcome = try desk.run { transaction in
                var random = SplitMix(state: draw)
                let order = try transaction.load(id)
                let change = try Walk.step(step, order, transaction, &random)
                expected.order.withLock { $0 = change?.after ?? order }
                return change
            }
            let note: Comment = "seed \(seed), step \(step), draw \(draw)"
            switch outcome {
            case .committed: committed += 1
            case .refused(let error): #expect(error is Rejection || error is Refusal, note)
            default: Issue.record("\(outcome.word): \(note)")
            }
            try desk.batch.read { snapshot in
                let order = try #require(try snapshot.order(id))
                if case .committed = outcome {
                    #expect(order == expected.order.withLock { $0 }, note)
                }
                let broken = Invariants.check(
                    order: order, obligations: try snapshot.obligations(of: id),
                    legs: try snapshot.legs(of: order))
                #expect(broken.isEmpty, note)
            }
        }
        #expect(committed > 5, "seed \(seed)")
        guard case .whole = try desk.batch.read({ try $0.verifyChain() }) else {
            Issue.record("seed \(seed): the chain is broken")
            return
        }
        let connection = try scratch.reader()
        #expect(try connection.scalar("PRAGMA integrity_check") == "ok")
        #expect(try connection.scalar("PRAGMA foreign_key_check") == nil)
    }
}

/// SplitMix64: small, seeded, good enough to choose test cases.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

/// One random decision about an order.
enum Walk {
    static func step(
        _ step: Int, _ order: Order, _ transaction: borrowing Transaction,
        _ random: inout SplitMix
    ) throws -> OrderChange? {
        let context = try transaction.context(of: order)
        let line = order.lines[Int.random(in: 0..<order.lines.count, using: &random)].lineID
        switch Int.random(in: 0..<10, using: &random) {
        case 0...2:
            let quantity = Int.random(in: 1...2, using: &random)
            return try transaction.cancel(order.id, [line: quantity]).change
        case 3, 4:
            let external = "s-\(Int.random(in: 0...2, using: &random))"
            return try order.beginShipping(
                BeginShipping(
                    externalShipmentID: external, carrier: "sf", trackingNumber: "n",
                    recallSupported: true, units: [UnitSelection(lineID: line, quantity: 1)]),
                existing: transaction.shipment(externalID: external), context: context
            ).change
        case 5, 6:
            return try carry(step, order, transaction, context, &random)
        case 7:
            return try acknowledge(order, transaction, context, &random)
        case 8:
            let tenders = order.tenders
            let tender = tenders[Int.random(in: 0..<tenders.count, using: &random)]
            let amount = Int64.random(in: 1...3_000, using: &random)
            let event: TenderEvent =
                Bool.random(using: &random)
                ? .captured(amount: amount, isFinal: false) : .voided
            return try order.reportTender(
                tender.id, report: TenderReport(event: event, occurredAt: context.now),
                context: context
            ).change
        default:
            let messages = try transaction.messages(
                MessageQuery(customerID: order.customerID), limit: 2)
            try transaction.markRead(messages.map(\.id))
            return nil
        }
    }

    private static func carry(
        _ step: Int, _ order: Order, _ transaction: borrowing Transaction,
        _ context: DecisionContext, _ random: inout SplitMix
    ) throws -> OrderChange? {
        let shipments = try transaction.shipments(of: order.id)
        guard let shipment = shipments.randomElement(using: &random) else { return nil }
        let id = "e-\(Int.random(in: 0...20, using: &random))"
        let type = ShipmentEventType.allCases.randomElement(using: &random) ?? .pickedUp
        let tasks = try transaction.tasks(of: order.id)
            .filter { $0.kind == .stop && ($0.state == .open || $0.state == .leased) }
        return try order.applyShipmentEvents(
            [
                ShipmentReport(
                    carrierEventID: id, type: type,
                    occurredAt: Instant(
                        microseconds: context.now.microseconds + Int64(step)))
            ], to: shipment, seen: transaction.knownCarrierEvents([id], of: shipment.id),
            tasks: tasks, context: context
        ).change
    }

    private static func acknowledge(
        _ order: Order, _ transaction: borrowing Transaction, _ context: DecisionContext,
        _ random: inout SplitMix
    ) throws -> OrderChange? {
        guard
            let task = try transaction.leasableTasks(
                kinds: [.stop], at: context.now, limit: 1
            ).first, let leased = try task.leased(token: 9, seconds: 60, now: context.now)
        else { return nil }
        let outcome = TaskOutcome.allCases.randomElement(using: &random) ?? .done
        return try order.acknowledgeStop(
            leased, report: StopReport(leaseToken: 9, outcome: outcome), context: context
        ).change
    }
}
