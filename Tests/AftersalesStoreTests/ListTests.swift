// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite
import Testing

@testable import AftersalesStore

@Suite struct ListTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    @Test func `a customer's orders come newest first, page by page, each view its own`() throws {
        var desk = try Desk(scratch)
        // Two orders of the same instant each; every third is canceled.
        var ids: [OrderID] = []
        for index in 0..<12 {
            let placedAt = Int64(index / 2)
            ids.append(
                try desk.importOrder(.mugs(2, id: "o-\(index)", placedAt: placedAt)))
            if index % 3 == 0 {
                let id = ids[index]
                let cancel = Mutation.cancel(key: "k\(index)", id, ["l-1": 2])
                #expect(try desk.batch.run([cancel])[0].word.hasPrefix("committed"))
            }
        }
        _ = try desk.importOrder(.mugs(1, id: "other", customer: "c-2"))
        let newest = Array(ids.reversed())
        let canceled = Array(stride(from: 0, to: 12, by: 3).map { ids[$0] }.reversed())
        let wanted: [(OrderListView, [OrderID])] = [
            (.all, newest), (.open, newest.filter { !canceled.contains($0) }),
            (.canceled, canceled),
        ]
        for (view, wanted) in wanted {
            for limit in [1, 2, 5, 100] {
                var found: [OrderID] = []
                var key: OrderKey?
                repeat {
                    let page = try desk.batch.read {
                        try $0.orders(of: "c-1", in: view, after: key, limit: limit)
                    }
                    #expect(page.count <= limit)
                    found += page.map(\.id)
                    key = page.last.map { OrderKey(placedAt: $0.placedAt, id: $0.id) }
                } while key != nil
                #expect(found == wanted)
            }
        }
    }

    @Test func `messages come unread first, then newest first, page by page`() throws {
        var desk = try Desk(scratch)
        let id = try desk.importOrder(.mugs(9))
        for index in 0..<6 {
            _ = try desk.batch.run([.cancel(key: "k\(index)", id, ["l-1": 1])])
        }
        let query = MessageQuery(customerID: "c-1")
        let all = try desk.batch.read { try $0.messages(query, limit: 100) }
        #expect(all.map(\.id) == all.map(\.id).sorted().reversed())
        let read = [all[1].id, all[4].id]
        try desk.run { transaction in
            try transaction.markRead(read + read)
            return nil
        }
        let unread = all.map(\.id).filter { !read.contains($0) }
        for limit in [1, 2, 3, 100] {
            var found: [StoredMessage] = []
            var key: MessageKey?
            repeat {
                let page = try desk.batch.read {
                    try $0.messages(query, after: key, limit: limit)
                }
                found += page
                key = page.last?.key
            } while key != nil
            #expect(found.map(\.id) == unread + read)
            #expect(found.map(\.version) == [1, 1, 1, 1, 2, 2])
        }
        try desk.batch.read { snapshot throws in
            #expect(try snapshot.unreadCount(of: "c-1") == 4)
            let unreadOnly = MessageQuery(customerID: "c-1", unreadOnly: true)
            #expect(try snapshot.messages(unreadOnly, limit: 9).map(\.id) == unread)
            let other = MessageQuery(customerID: "c-1", orderID: OrderID(99))
            #expect(try snapshot.messages(other, limit: 9).isEmpty)
            #expect(try snapshot.messages(MessageQuery(customerID: "c-2"), limit: 9).isEmpty)
        }
    }

    @Test func `refunds come newest first, of a customer or an order, by state`() throws {
        var desk = try Desk(scratch)
        var ids: [OrderID] = []
        for order in 0..<2 {
            ids.append(try desk.importOrder(.mugs(3, id: "o-\(order)")))
            for _ in 0..<3 {
                let id = ids[order]
                try desk.run { try $0.cancel(id, ["l-1": 1]).change }
            }
        }
        try desk.batch.session.connection.execute(
            "UPDATE refund_leg SET state = 6 WHERE id = (SELECT max(id) FROM refund_leg)")
        func refunds(_ query: RefundQuery, after key: RefundID? = nil, limit: Int = 9) throws
            -> [RefundLeg]
        {
            try desk.batch.read { try $0.refunds(query, after: key, limit: limit) }
        }
        let all = try refunds(RefundQuery(customerID: "c-1"))
        #expect(all.count == 6)
        #expect(all.map(\.id) == all.map(\.id).sorted().reversed())
        #expect(
            try refunds(RefundQuery(customerID: "c-1"), after: all[1].id, limit: 2)
                == Array(all[2...3]))
        #expect(try refunds(RefundQuery(customerID: "c-1", orderID: ids[0])) == Array(all[3...]))
        #expect(
            try refunds(RefundQuery(customerID: "c-1", orderID: ids[1], states: [.settled]))
                == Array(all[..<1]))
        #expect(
            try refunds(RefundQuery(customerID: "c-1", states: [.queued])) == Array(all[1...]))
        #expect(try refunds(RefundQuery(customerID: "c-2")).isEmpty)
        #expect(try refunds(RefundQuery(customerID: "c-2", orderID: ids[0])).isEmpty)
    }

    @Test func `tasks are leased oldest first, when open or when their lease has run out`() throws {
        var desk = try Desk(scratch)
        let id = try desk.importOrder(.mugs(5))
        @Sendable func task(_ number: Int64, until: Int64?) -> WarehouseTask {
            WarehouseTask(
                id: TaskID(number), kind: number == 13 ? .recall : .stop, orderID: id, line: 0,
                first: 0, count: 1, state: until == nil ? .open : .leased,
                createdAt: Instant(microseconds: 0), leaseToken: until.map { _ in 7 },
                leasedUntil: until.map { Instant(microseconds: $0) })
        }
        try desk.run { transaction in
            try transaction.save([
                task(10, until: 50), task(11, until: nil), task(12, until: 49),
                task(13, until: nil),
            ])
            return nil
        }
        func leasable(_ kinds: Set<WarehouseTaskKind>, at now: Int64, limit: Int = 9) throws
            -> [Int64]
        {
            try desk.batch.read {
                try $0.leasableTasks(
                    kinds: kinds, at: Instant(microseconds: now), limit: limit
                ).map(\.id.value)
            }
        }
        #expect(try leasable([.stop], at: 49) == [11, 12])
        #expect(try leasable([.stop, .recall], at: 50) == [10, 11, 12, 13])
        #expect(try leasable([.recall], at: 50) == [13])
        #expect(try leasable([.stop], at: 50, limit: 2) == [10, 11])
    }

    /// No list reads a whole table or sorts one, except an order's or a customer's own few rows.
    @Test func `every list is answered from an index`() throws {
        var desk = try Desk(scratch)
        let id = try desk.importOrder(.mugs(5))
        let seen = Seen()
        let connection = desk.batch.session.connection
        connection.beforeStatement = { sql in
            seen.add(String(describing: sql))
            return nil
        }
        try desk.batch.read { snapshot in
            _ = try snapshot.order(id)
            for view in OrderListView.allCases {
                _ = try snapshot.orders(of: "c", in: view, limit: 1)
            }
            _ = try snapshot.messages(MessageQuery(customerID: "c"), limit: 1)
            _ = try snapshot.refunds(RefundQuery(customerID: "c"), limit: 1)
            _ = try snapshot.refunds(RefundQuery(customerID: "c", orderID: id), limit: 1)
            _ = try snapshot.leasableTasks(kinds: [.stop], at: Instant(microseconds: 0), limit: 1)
            _ = try snapshot.tasks(of: id)
            _ = try snapshot.shipment(externalID: "s")
            _ = try snapshot.shipments(of: id)
            _ = try snapshot.obligations(of: id)
            _ = try snapshot.unreadCount(of: "c")
            _ = try snapshot.events(after: 0, limit: 1)
        }
        connection.beforeStatement = nil
        for sql in seen.all {
            var plan = try connection.scalars("EXPLAIN QUERY PLAN \(sql)")
            plan.removeAll { $0 == "SCAN warehouse_task USING INDEX warehouse_task_live" }
            #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(sql)\n\(plan)")
            if !sql.contains("tender_id IN (SELECT"), !sql.contains("FROM obligation") {
                #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(sql)\n\(plan)")
            }
        }
        #expect(seen.all.count > 12)
    }
}
