// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesService
import ProtobufC
import TTRPC
import Testing

/// The audit log: what it holds, and that it is enough.
@Suite struct EventLogTests {
    @Test(arguments: [1, 2, 3, UInt64.random(in: 4 ... .max)])
    func `replaying the log rebuilds units, tenders and refund legs`(_ seed: UInt64) async throws {
        let desk = try TestDesk()
        let client = desk.client()
        var history = RandomHistory(seed: seed, client: client)
        try await history.run(steps: 150)
        #expect(history.taken > 50, "seed \(seed)")

        let log = try desk.log()
        #expect(log.map(\.seq) == Array(1...Int64(log.count)), "seed \(seed)")
        #expect(try desk.verifiedHead() == Int64(log.count), "seed \(seed)")
        let rebuilt = try RebuiltShop(log)
        #expect(rebuilt.orders.count == history.orders.count, "seed \(seed)")
        for order in history.orders {
            let stored = try await client.fresh(order)
            let refunds = try await client.refunds.listRefunds(
                ListRefundsRequest(orderID: order.orderID, pageSize: 100))
            #expect(refunds.nextPageToken.isEmpty)
            #expect(
                rebuilt.orders[order.orderID]
                    == RebuiltOrder(stored, refunds: refunds.refunds),
                "seed \(seed), order \(order.orderID)")
            #expect(try desk.brokenInvariants(of: order.orderID) == [], "seed \(seed)")
        }
    }

    @Test func `every aggregate counts its own versions without a gap`() async throws {
        let desk = try TestDesk()
        var history = RandomHistory(seed: 7, client: desk.client())
        try await history.run(steps: 80)
        var versions: [String: Int64] = [:]
        for event in try desk.log() {
            let next = (versions[event.aggregate] ?? 0) + 1
            #expect(event.version == next, "\(event.seq) of \(event.aggregate)")
            versions[event.aggregate] = event.version
        }
        for order in history.orders {
            let stored = try await desk.client().fresh(order)
            #expect(stored.version >= order.version)
            for tender in stored.tenders { #expect(tender.version >= 1) }
        }
    }

    @Test func `a payload holds no name, phone, title or text of a person`() async throws {
        let desk = try TestDesk()
        var history = RandomHistory(seed: 11, client: desk.client())
        try await history.run(steps: 80)
        let secrets = ["Novak", "Leave it", "+8613800001111", "Title of", "tok-card", "4242"]
        let log = try desk.log()
        #expect(log.count > 50)
        for event in log {
            let text = String(decoding: event.payload, as: UTF8.self)
            for secret in secrets { #expect(!text.contains(secret), "\(event.type)") }
            let payload = try EventPayload.decode(event.payload.span)
            #expect(payload.encoded() == event.payload)
            payload.forEachFreeText { field, _ in Issue.record("\(event.type): \(field)") }
        }
    }

    @Test func `an event tells who caused it and for whom`() async throws {
        let desk = try TestDesk()
        let order = try await desk.client(.storefront).imported(
            .order("o-1", lines: [.line("a", 100, quantity: 2)]))
        var request = CancelItemsRequest.cancel(order, [("a", 1)])
        request.onBehalfOf?.operator = "ann;b %1"
        let sent = request
        _ = try await desk.client(.support).orders.cancelItems(sent)
        let log = try desk.log()
        #expect(log.first { $0.type == "order.imported" }?.actor == "uid:2000")
        #expect(
            log.first { $0.type == "unit.canceled" }?.actor
                == "uid:2006;operator:ann%3Bb%20%251;customer:cus-1")
    }
}
