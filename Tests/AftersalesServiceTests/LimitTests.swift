// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesService
import TTRPC
import Testing

/// What is exactly at its bound is taken; the tables of refusals go one past it.
@Suite struct LimitTests {
    private static func text(_ bytes: Int, _ head: String = "") -> String {
        head + String(repeating: "x", count: bytes - head.utf8.count)
    }

    @Test func `an import with everything at its bound is taken`() async throws {
        let desk = try TestDesk()
        var request = ImportOrderRequest.order(
            Self.text(64, "ext"), of: Self.text(64, "cus"),
            lines: (0..<2_000).map { .line(Self.text(64, "\($0)-"), 1, bundle: "") })
        for index in request.lines.indices {
            request.lines[index].sku = Self.text(64)
            request.lines[index].title = Self.text(512)
        }
        request.lines[0].sellerID = Self.text(64, "sel")
        request.bundles = (0..<1_000).map {
            OrderBundle(bundleID: Self.text(64, "b\($0)-"), title: Self.text(512))
        }
        request.lines[1].bundleID = request.bundles[0].bundleID
        request.lines[1].bundleGroup = Self.text(64)
        request.locale = Self.text(35, "en-")
        request.phone = Self.text(32)
        request.note = Self.text(4_000)
        request.tenders = (0..<16).map {
            var tender = TenderIntake.card(125, id: Self.text(64, "t\($0)-"))
            tender.institution = Self.text(64)
            tender.token = Self.text(256)
            tender.brand = Self.text(32)
            return tender
        }
        let order = try await desk.client(.storefront).imported(request)
        #expect(order.lines.count == 2_000)
        #expect(order.tenders.count == 16)
        #expect(order.grandTotal == .eur(2_000))
    }

    @Test func `a line of 1,000,000 units is taken and canceled whole`() async throws {
        let desk = try TestDesk()
        let client = desk.client(.storefront)
        let order = try await client.imported(
            .order("o-1", lines: [.line("a", 3, quantity: 1_000_000)]))
        let reply = try await client.cancel(order, [("a", 1_000_000)])
        #expect(reply.orderState == .canceled)
        #expect(reply.confirmation?.canceled.map(\.amount) == [.eur(3_000_000)])
    }

    @Test func `amounts go up to 9·10^15 minor units`() async throws {
        let desk = try TestDesk()
        let most: Int64 = 9_000_000_000_000_000
        let client = desk.client(.storefront)
        let order = try await client.imported(.order("o-1", lines: [.line("a", most)]))
        #expect(order.grandTotal == .eur(most))
        let error = await refusal { () async throws(RPCError) in
            try await client.orders.importOrder(
                .order("o-2", lines: [.line("a", most), .line("b", 1)], tenders: [.card(most)]))
        }
        #expect(error?.code == .outOfRange)
        #expect(error.map { Refusal($0).reason } == "AMOUNT")
    }

    @Test func `100 carrier events of two shipments fit into one call`() async throws {
        let desk = try TestDesk()
        let client = desk.client()
        let order = try await client.imported(
            .order("o-1", lines: [.line("a", 100, quantity: 2)]))
        try await client.ship(order, "a", as: "shp-0", events: [])
        try await client.ship(order, "a", as: "shp-1", events: [])
        let reply = try await client.warehouse.reportShipmentEvents(
            ReportShipmentEventsRequest(
                requestID: newKey(),
                events: (0..<100).map {
                    .report("shp-\($0 % 2)", "e\($0)", .inTransit, at: 1_700_000_000 + Int64($0))
                }))
        #expect(reply.results.count == 100)
        #expect(reply.results.map(\.carrierEventID) == (0..<100).map { "e\($0)" })
        #expect(reply.results.prefix(2).map(\.outcome) == [.applied, .applied])
    }

    @Test func `100 messages are marked in one call`() async throws {
        let desk = try TestDesk()
        let client = desk.client()
        let order = try await client.imported(
            .order("o-1", lines: [.line("a", 1, quantity: 100)]))
        for _ in 0..<100 { try await client.cancel(order, [("a", 1)]) }
        let listed = try await client.messages.listMessages(
            ListMessagesRequest(onBehalfOf: .customer("cus-1"), pageSize: 100))
        let marked = try await client.messages.markRead(
            MarkReadRequest(
                requestID: newKey(), onBehalfOf: .customer("cus-1"),
                messageIDs: listed.messages.map(\.messageID)))
        #expect(marked.messages.count == 100)
        #expect(marked.unreadCount == 0)
    }

    @Test(arguments: [(5, 1), (900, 100)] as [(Int32, Int32)])
    func `a lease of 5 to 900 seconds and 1 to 100 tasks is given`(
        _ seconds: Int32, _ tasks: Int32
    ) async throws {
        let desk = try TestDesk()
        let reply = try await desk.client(.warehouse).warehouse.leaseTasks(
            LeaseWarehouseTasksRequest(
                requestID: newKey(), maxTasks: tasks, leaseSeconds: seconds))
        #expect(reply.tasks.isEmpty)
    }
}
