// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import DaemonHarness
import TTRPC
import Testing

/// The daemon is killed under load, again and again; its clients keep journals.
@Suite struct PowerCutTests {
    private static let clients = 8

    @Test func `of what was acknowledged nothing is lost, and nothing happens twice`() async throws
    {
        let kills = setting("AFTERSALES_KILLS", default: 20)
        let seed = UInt64(setting("AFTERSALES_SEED", default: Int.random(in: 0...1 << 32)))
        print("power cuts: \(kills), seed \(seed)")
        let stage = try await Stage()
        let gate = Gate()
        let shoppers = try await Self.shop(gate, stage, kills: kills, seed: seed)
        print(
            "power cuts: \(gate.livesWithLosses) hit calls in flight, \(gate.lost) calls lost,",
            "\(shoppers.reduce(0) { $0 + $1.effects.count }) effects")
        #expect(gate.livesWithLosses > 0, "no kill landed while calls were in flight")

        for shopper in shoppers {
            try await checkReplays(shopper, stage, seed)
            try await checkOrders(shopper, stage, seed)
        }
        #expect(try await stage.stop() == 0)
        try checkFile(shoppers, stage, seed)
    }

    /// Lets the clients shop while the daemon is killed at random moments.
    private static func shop(
        _ gate: Gate, _ stage: Stage, kills: Int, seed: UInt64
    ) async throws -> [Shopper.Outcome] {
        try await withThrowingTaskGroup(of: Shopper.Outcome?.self) { group in
            for number in 0..<clients {
                group.addTask {
                    try await Shopper(number: number, seed: seed, stage: stage, gate: gate).run()
                }
            }
            group.addTask {
                try await cut(gate, stage, kills: kills, seed: seed)
                return nil
            }
            // The first failure ends the others.
            var outcomes: [Shopper.Outcome] = []
            while let one = try await group.next() {
                if let one { outcomes.append(one) }
            }
            return outcomes
        }
    }

    private static func cut(_ gate: Gate, _ stage: Stage, kills: Int, seed: UInt64) async throws {
        var random = SplitMix(state: seed)
        gate.open(last: kills == 0)
        for left in (0..<kills).reversed() {
            // Most deaths come under load; one in four while the daemon has just begun.
            if Int.random(in: 0..<4, using: &random) > 0 { try await gate.firstAnswer() }
            let delay = Int.random(in: 5_000...60_000, using: &random)
            try await Task.sleep(for: .microseconds(delay))
            gate.shut()
            try await stage.kill()
            try await stage.start()
            gate.open(last: left == 0)
        }
    }

    /// Every key is answered once more, with the bytes its client was given.
    private func checkReplays(_ shopper: Shopper.Outcome, _ stage: Stage, _ seed: UInt64)
        async throws
    {
        #expect(shopper.entries.count == shopper.effects.count, "seed \(seed)")
        let connection = stage.connection()
        for (key, effect) in shopper.effects {
            let reply = try await connection.unary(
                effect.method, effect.request, options: .idempotent
            ).payload
            let entry = ClientJournal.Entry(
                requestHash: ClientJournal.hash(effect.request),
                replyHashes: [ClientJournal.hash(reply)])
            #expect(shopper.entries[key] == entry, "\(effect.method), key \(key), seed \(seed)")
        }
    }

    /// The orders are those of the journal, with its cancellations and refunds, each once.
    private func checkOrders(_ shopper: Shopper.Outcome, _ stage: Stage, _ seed: UInt64)
        async throws
    {
        let desk = stage.desk()
        let listed = try await stage.listAll(of: shopper.behalf)
        let bought = shopper.purchases.map(\.order.externalOrderID)
        #expect(listed.sorted() == bought.sorted(), "seed \(seed)")
        for purchase in shopper.purchases {
            let comment: Comment = "\(purchase.order.orderID), seed \(seed)"
            let order = try await desk.current(purchase.order)
            for line in order.lines {
                let canceled = purchase.canceled[line.lineID, default: 0]
                #expect(order.count(.canceled, line.lineID) == canceled, comment)
                #expect(order.count(.open, line.lineID) == line.quantity - canceled, comment)
            }
            let legs = try await desk.legs(order)
            #expect(
                legs.reduce(0) { $0 + ($1.amount?.minorUnits ?? 0) } == purchase.refunded, comment)
            let known = (order.refunded?.minorUnits ?? 0) + (order.refundPending?.minorUnits ?? 0)
            #expect(known == purchase.refunded, comment)
            let inbox = try await desk.inbox(order)
            #expect(inbox.count == purchase.cancellations, comment)
            #expect(inbox.allSatisfy { $0.kind == .cancelConfirmed }, comment)
        }
    }

    private func checkFile(_ shoppers: [Shopper.Outcome], _ stage: Stage, _ seed: UInt64) throws {
        let database = try StoppedDatabase(stage.place)
        #expect(try database.engineVerdict() == "ok\n", "seed \(seed)")
        let keys = shoppers.reduce(0) { $0 + $1.effects.count }
        #expect(
            try database.scalar("SELECT count(*) FROM request_key") == "\(keys)", "seed \(seed)")
        let broken = try database.broken(
            orders: shoppers.flatMap { $0.purchases.map(\.order.orderID) })
        #expect(broken.isEmpty, "seed \(seed)")
    }
}
