// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import TTRPC
import Testing

/// Your Orders, Canceled Orders, the Message Center, refunds: page by page.
@Suite struct ListingTests {
    private static func names(
        _ client: InProcessClient, _ view: OrderView, of customer: String = "cus-1"
    ) async throws -> [String] {
        try await client.orders.listOrders(
            ListOrdersRequest(onBehalfOf: .customer(customer), view: view)
        ).orders.map(\.externalOrderID)
    }

    @Test func `pages hold every order once, newest first, while orders come in`() async throws {
        let desk = try TestDesk()
        let client = desk.client()
        // Some share the time they were placed at, so that the id has to break the tie.
        for number in 0..<25 {
            _ = try await client.imported(
                .order(
                    "old-\(number)", lines: [.line("a", 100)],
                    placed: 1_600_000_000 + Int64(number / 3)))
        }
        var seen: [String] = []
        var request = ListOrdersRequest(onBehalfOf: .customer("cus-1"), pageSize: 4)
        var pages = 0
        repeat {
            let page = try await client.orders.listOrders(request)
            #expect(page.orders.count <= 4)
            #expect(page.nextPageToken.isEmpty || page.orders.count == 4)
            seen += page.orders.map(\.externalOrderID)
            request.pageToken = page.nextPageToken
            // A newer order, and one of somebody else's in the middle.
            _ = try await client.imported(
                .order("new-\(pages)", lines: [.line("a", 1)], placed: 1_650_000_000))
            _ = try await client.imported(
                .order(
                    "else-\(pages)", of: "cus-2", lines: [.line("a", 1)], placed: 1_600_000_001))
            pages += 1
        } while !request.pageToken.isEmpty
        #expect(pages == 7)
        #expect(seen == (0..<25).reversed().map { "old-\($0)" })
    }

    @Test(arguments: [(0, 50), (1, 1), (100, 100), (101, 100), (Int32.max, 100)])
    func `a page of a size holds so many`(_ size: Int32, _ count: Int) async throws {
        let desk = try TestDesk()
        let client = desk.client()
        for number in 0...100 {
            _ = try await client.imported(.order("o-\(number)", lines: [.line("a", 1)]))
        }
        let page = try await client.orders.listOrders(
            ListOrdersRequest(onBehalfOf: .customer("cus-1"), pageSize: size))
        #expect(page.orders.count == count)
        #expect(!page.nextPageToken.isEmpty)
    }

    @Test func `an exact last page has no next one`() async throws {
        let desk = try TestDesk()
        let client = desk.client()
        for number in 0..<4 {
            _ = try await client.imported(.order("o-\(number)", lines: [.line("a", 1)]))
        }
        var request = ListOrdersRequest(onBehalfOf: .customer("cus-1"), pageSize: 2)
        request.pageToken = try await client.orders.listOrders(request).nextPageToken
        #expect(!request.pageToken.isEmpty)
        let last = try await client.orders.listOrders(request)
        #expect(last.orders.count == 2)
        #expect(last.nextPageToken.isEmpty)
    }

    @Test func `a token holds for its own list and filter only`() async throws {
        let desk = try TestDesk()
        let client = desk.client()
        for number in 0..<3 {
            _ = try await client.imported(.order("o-\(number)", lines: [.line("a", 1)]))
        }
        let request = ListOrdersRequest(onBehalfOf: .customer("cus-1"), pageSize: 1)
        let token = try await client.orders.listOrders(request).nextPageToken
        func refused(_ change: (inout ListOrdersRequest) -> Void) async throws -> Refusal {
            var other = request
            other.pageToken = token
            change(&other)
            let sent = other
            return Refusal(
                try #require(
                    await refusal { () async throws(RPCError) in
                        try await client.orders.listOrders(sent)
                    }))
        }
        for said in [
            try await refused { $0.onBehalfOf = .customer("cus-2") },
            try await refused { $0.view = .canceled },
            try await refused { $0.pageToken.removeLast() },
            try await refused { $0.pageToken = "!" },
        ] {
            #expect(said.code == .invalidArgument)
            #expect(said.reason == "PAGE_TOKEN")
            #expect(said.fields == ["page_token"])
        }
        let elsewhere = await refusal { () async throws(RPCError) in
            try await client.messages.listMessages(
                ListMessagesRequest(onBehalfOf: .customer("cus-1"), pageToken: token))
        }
        #expect(elsewhere.map { Refusal($0).reason } == "PAGE_TOKEN")
        // Another size is the same list.
        var larger = request
        larger.pageToken = token
        larger.pageSize = 2
        #expect(try await client.orders.listOrders(larger).orders.count == 2)
    }

    @Test func `a canceled order is under Canceled Orders, a partly canceled one is not`()
        async throws
    {
        let desk = try TestDesk()
        let client = desk.client()
        var orders: [String: Order] = [:]
        for (place, name) in ["whole", "part", "open", "gone"].enumerated() {
            orders[name] = try await client.imported(
                .order(
                    name, lines: [.line("a", 100, quantity: 2)],
                    placed: 1_600_000_000 + Int64(place)))
        }
        let whole = try await client.cancel(try #require(orders["whole"]), [("a", 2)])
        #expect(whole.orderState == .canceled)
        let part = try await client.cancel(try #require(orders["part"]), [("a", 1)])
        #expect(part.partiallyCanceled)
        try await client.ship(
            try #require(orders["gone"]), "a", quantity: 2, as: "shp-1",
            events: [.pickedUp, .delivered])

        #expect(try await Self.names(client, .all) == ["gone", "open", "part", "whole"])
        #expect(try await Self.names(client, .unspecified) == ["gone", "open", "part", "whole"])
        #expect(try await Self.names(client, .open) == ["open", "part"])
        #expect(try await Self.names(client, .canceled) == ["whole"])
    }

    @Test func `messages come unread first, then newest first, and are marked once`() async throws {
        let desk = try TestDesk()
        let client = desk.client()
        let order = try await client.imported(
            .order("o-1", lines: [.line("a", 100, quantity: 4)]))
        for _ in 0..<4 { try await client.cancel(order, [("a", 1)]) }
        let request = ListMessagesRequest(onBehalfOf: .customer("cus-1"))
        let posted = try await client.messages.listMessages(request)
        #expect(posted.unreadCount == 4)
        #expect(posted.messages.allSatisfy { !$0.read && $0.kind == .cancelConfirmed })
        let ids = posted.messages.map(\.messageID)

        let mark = MarkReadRequest(
            requestID: newKey(), onBehalfOf: .customer("cus-1"), messageIDs: [ids[2], ids[0]])
        let marked = try await client.messages.markRead(mark)
        #expect(marked.unreadCount == 2)
        #expect(marked.messages.map(\.messageID) == [ids[2], ids[0]])
        #expect(marked.messages.allSatisfy { $0.read && $0.version == 2 })
        let listed = try await client.messages.listMessages(request)
        #expect(listed.messages.map(\.messageID) == [ids[1], ids[3], ids[0], ids[2]])
        #expect(listed.unreadCount == 2)
        let unread = try await client.messages.listMessages(
            ListMessagesRequest(onBehalfOf: .customer("cus-1"), unreadOnly: true))
        #expect(unread.messages.map(\.messageID) == [ids[1], ids[3]])

        // Page by page it is the same list.
        var paged: [String] = []
        var page = request
        page.pageSize = 1
        repeat {
            let answer = try await client.messages.listMessages(page)
            paged += answer.messages.map(\.messageID)
            page.pageToken = answer.nextPageToken
        } while !page.pageToken.isEmpty
        #expect(paged == [ids[1], ids[3], ids[0], ids[2]])

        let again = try await client.messages.markRead(
            MarkReadRequest(
                requestID: newKey(), onBehalfOf: .customer("cus-1"), messageIDs: [ids[0]]))
        #expect(again.messages.map(\.version) == [2])
    }

    @Test func `refunds are listed newest first, by order and state`() async throws {
        let desk = try TestDesk()
        let client = desk.client()
        var order: [Order] = []
        for number in 0..<2 {
            order.append(
                try await client.imported(
                    .order(
                        "o-\(number)", lines: [.line("a", 1_000, quantity: 3)],
                        tenders: [.card(2_500), .giftCard(500)])))
            for _ in 0..<3 { try await client.cancel(order[number], [("a", 1)]) }
        }
        func list(
            order: Order? = nil, states: [RefundState] = []
        ) async throws -> [AftersalesAPI.Refund] {
            var found: [AftersalesAPI.Refund] = []
            var request = ListRefundsRequest(
                onBehalfOf: .customer("cus-1"), orderID: order?.orderID ?? "", states: states,
                pageSize: 2)
            repeat {
                let page = try await client.refunds.listRefunds(request)
                found += page.refunds
                request.pageToken = page.nextPageToken
            } while !request.pageToken.isEmpty
            return found
        }
        let all = try await list()
        #expect(all.count == 8)
        #expect(Set(all.map(\.refundID)).count == 8)
        #expect(
            all.map(\.orderID) == Array(repeating: order[1].orderID, count: 4)
                + Array(repeating: order[0].orderID, count: 4))
        #expect(try await list(order: order[0]) == Array(all.suffix(4)))
        let settled = try await list(states: [.settled])
        #expect(settled.map(\.tenderClass) == [.giftCard, .giftCard])
        #expect(settled.map(\.amount?.minorUnits) == [500, 500])
    }
}
