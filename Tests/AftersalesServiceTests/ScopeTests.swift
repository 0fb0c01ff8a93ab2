// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import TTRPC
import Testing

@testable import AftersalesService

/// A caller sees what it acts for, and what is another's is as if it were not there.
@Suite struct ScopeTests {
    /// Two customers, each with a cancellation; the first one's order has a seller's line, too.
    private struct Shop {
        let desk: TestDesk
        let mine: Order
        let refund: String
        let message: String

        init() async throws {
            desk = try TestDesk()
            let client = desk.client()
            mine = try await client.imported(
                .order(
                    "mine",
                    lines: [
                        .line("a", 1_000, quantity: 2),
                        .line("s", 700, quantity: 2, seller: "sel-1"),
                        .line("t", 300, seller: "sel-2"),
                    ]))
            let canceled = try await client.cancel(mine, [("a", 1)])
            refund = canceled.confirmation?.refunds.first?.refundID ?? ""
            message =
                try await client.messages.listMessages(
                    ListMessagesRequest(onBehalfOf: .customer("cus-1"))
                ).messages.first?.messageID ?? ""
            let other = try await client.imported(
                .order("other", of: "cus-2", lines: [.line("a", 1_000)]))
            try await client.cancel(other, [("a", 1)])
        }

        func reason<Value>(
            _ call: () async throws(RPCError) -> Value
        ) async -> String? {
            await refusal(call).map { Refusal($0).reason }
        }
    }

    /// Who is named, and whether the storefront and support are served.
    struct Party: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var party: OnBehalfOf?
        var storefront: String?
        var support: String?
        var notFound: Bool { storefront == "NOT_FOUND" }
    }

    static let parties = [
        Party(testDescription: "nobody", party: nil, storefront: "FIELD_REQUIRED"),
        Party(
            testDescription: "an operator alone", party: OnBehalfOf(operator: "ann"),
            storefront: "FIELD_REQUIRED"),
        Party(testDescription: "the customer", party: .customer("cus-1")),
        Party(
            testDescription: "another customer", party: .customer("cus-2"),
            storefront: "NOT_FOUND", support: "NOT_FOUND"),
        Party(
            testDescription: "a customer without a name", party: .customer(""),
            storefront: "FIELD_REQUIRED", support: "FIELD_REQUIRED"),
        Party(
            testDescription: "a seller", party: .seller("sel-1"), storefront: "FIELD_REQUIRED",
            support: "FIELD_REQUIRED"),
    ]

    @Test(arguments: parties)
    func `the storefront names the customer; support may leave that out on reads`(
        _ party: Party
    ) async throws {
        let shop = try await Shop()
        for (role, expected) in [(Role.storefront, party.storefront), (.support, party.support)] {
            let client = shop.desk.client(role)
            let order = shop.mine.orderID
            func found(_ noun: String) -> String? { expected == "NOT_FOUND" ? noun : expected }
            #expect(
                await shop.reason { () async throws(RPCError) in
                    try await client.orders.getOrder(
                        GetOrderRequest(orderID: order, onBehalfOf: party.party))
                } == found("ORDER"))
            #expect(
                await shop.reason { () async throws(RPCError) in
                    try await client.orders.getCancelOptions(
                        GetCancelOptionsRequest(orderID: order, onBehalfOf: party.party))
                } == found("ORDER"))
            #expect(
                await shop.reason { () async throws(RPCError) in
                    try await client.orders.previewCancel(
                        PreviewCancelRequest(
                            orderID: order, onBehalfOf: party.party,
                            selection: [LineSelection(lineID: "a", quantity: 1)]))
                } == found("ORDER"))
            #expect(
                await shop.reason { () async throws(RPCError) in
                    try await client.refunds.getRefund(
                        GetRefundRequest(refundID: shop.refund, onBehalfOf: party.party))
                } == found("REFUND"))
            #expect(
                await shop.reason { () async throws(RPCError) in
                    try await client.refunds.listRefunds(
                        ListRefundsRequest(onBehalfOf: party.party, orderID: order))
                } == found("ORDER"))
        }
    }

    @Test func `a mutation names the customer even from support`() async throws {
        let shop = try await Shop()
        let support = shop.desk.client(.support)
        var request = CancelItemsRequest.cancel(shop.mine, [("a", 1)])
        request.onBehalfOf = nil
        let sent = request
        #expect(
            await shop.reason { () async throws(RPCError) in
                try await support.orders.cancelItems(sent)
            } == "FIELD_REQUIRED")
        #expect(
            await shop.reason { () async throws(RPCError) in
                try await support.messages.markRead(
                    MarkReadRequest(requestID: newKey(), messageIDs: [shop.message]))
            } == "FIELD_REQUIRED")
    }

    @Test func `one customer's list never shows another's`() async throws {
        let shop = try await Shop()
        let storefront = shop.desk.client(.storefront)
        let orders = try await storefront.orders.listOrders(
            ListOrdersRequest(onBehalfOf: .customer("cus-1")))
        #expect(orders.orders.map(\.externalOrderID) == ["mine"])
        let refunds = try await storefront.refunds.listRefunds(
            ListRefundsRequest(onBehalfOf: .customer("cus-1")))
        #expect(refunds.refunds.map(\.refundID) == [shop.refund])
        let messages = try await storefront.messages.listMessages(
            ListMessagesRequest(onBehalfOf: .customer("cus-1")))
        #expect(messages.messages.map(\.messageID) == [shop.message])
        #expect(messages.unreadCount == 1)
    }

    @Test func `a seller never reads a customer's Message Center`() async throws {
        let shop = try await Shop()
        let seller = shop.desk.client(.seller)
        #expect(
            await shop.reason { () async throws(RPCError) in
                try await seller.messages.listMessages(
                    ListMessagesRequest(onBehalfOf: .customer("cus-1")))
            } == "FIELD_REQUIRED")
        #expect(
            await shop.reason { () async throws(RPCError) in
                try await seller.messages.markRead(
                    MarkReadRequest(
                        requestID: newKey(), onBehalfOf: .customer("cus-1"),
                        messageIDs: [shop.message]))
            } == "FIELD_REQUIRED")
        // Its own inbox is empty.
        let own = try await seller.messages.listMessages(
            ListMessagesRequest(onBehalfOf: .seller("sel-1")))
        #expect(own == ListMessagesResponse())
        #expect(
            await shop.reason { () async throws(RPCError) in
                try await seller.messages.markRead(
                    MarkReadRequest(
                        requestID: newKey(), onBehalfOf: .seller("sel-1"),
                        messageIDs: [shop.message]))
            } == "MESSAGE")
    }

    @Test func `a seller ships its own units and sees no others`() async throws {
        let shop = try await Shop()
        let seller = shop.desk.client(.seller)
        func begin(
            _ party: OnBehalfOf?, _ external: String
        ) async throws(RPCError) -> BeginShippingResponse {
            try await seller.warehouse.beginShipping(
                BeginShippingRequest(
                    requestID: newKey(), onBehalfOf: party, orderID: shop.mine.orderID,
                    externalShipmentID: external,
                    units: [
                        UnitSelection(lineID: "a", quantity: 1),
                        UnitSelection(lineID: "s", quantity: 1),
                    ]))
        }
        #expect(
            await shop.reason { () async throws(RPCError) in try await begin(nil, "x") }
                == "FIELD_REQUIRED")
        #expect(
            await shop.reason { () async throws(RPCError) in
                try await begin(.seller("sel-9"), "x")
            } == "ORDER")
        let begun = try await begin(.seller("sel-1"), "shp-s")
        #expect(begun.accepted.map(\.lineID) == ["s"])
        #expect(begun.rejected.map(\.reason) == [.notYours])

        // Another seller of the same order does not know that parcel, nor does its own of others.
        let request = ReportShipmentEventsRequest(
            requestID: newKey(), onBehalfOf: .seller("sel-2"),
            events: [.report("shp-s", "e1", .pickedUp, at: 1_700_000_001)])
        #expect(
            await shop.reason { () async throws(RPCError) in
                try await seller.warehouse.reportShipmentEvents(request)
            } == "UNKNOWN_SHIPMENT")
        try await shop.desk.client(.warehouse).ship(shop.mine, "a", as: "shp-a", events: [])
        #expect(
            await shop.reason { () async throws(RPCError) in
                try await seller.warehouse.reportShipmentEvents(
                    ReportShipmentEventsRequest(
                        requestID: newKey(), onBehalfOf: .seller("sel-1"),
                        events: [.report("shp-a", "e1", .pickedUp, at: 1_700_000_001)]))
            } == "UNKNOWN_SHIPMENT")
    }

    @Test func `a seller leases no task of another's units`() async throws {
        let desk = try TestDesk()
        let client = desk.client()
        let order = try await client.imported(
            .order(
                "o-1",
                lines: [
                    .line("a", 100, bundle: "b"), .line("b", 100, bundle: "b"),
                    .line("s", 100, seller: "sel-1"),
                ], bundles: [OrderBundle(bundleID: "b", discount: .eur(1))]))
        try await client.ship(order, "b", as: "shp-1", events: [])
        try await client.cancel(order, [("a", 1)], closure: true)
        let own = try await desk.client(.seller).warehouse.leaseTasks(
            LeaseWarehouseTasksRequest(requestID: newKey(), onBehalfOf: .seller("sel-1")))
        #expect(own.tasks.isEmpty)
        let leased = try await desk.client(.warehouse).warehouse.leaseTasks(
            LeaseWarehouseTasksRequest(requestID: newKey()))
        let task = try #require(leased.tasks.first)
        let error = await refusal { () async throws(RPCError) in
            try await desk.client(.seller).warehouse.ackTask(
                AckTaskRequest(
                    requestID: newKey(), onBehalfOf: .seller("sel-1"), taskID: task.taskID,
                    leaseToken: task.leaseToken, outcome: .done))
        }
        #expect(error.map { Refusal($0).reason } == "TASK")
    }
}
