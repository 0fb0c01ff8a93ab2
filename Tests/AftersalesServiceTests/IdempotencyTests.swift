// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesService
import ProtobufC
import TTRPC
import Testing

/// The same key has its effect once.
@Suite struct IdempotencyTests {
    private static func desk() async throws -> (TestDesk, Order) {
        let desk = try TestDesk()
        let order = try await desk.client().imported(
            .order("ext-1", lines: [.line("a", 1_000, quantity: 5)]))
        return (desk, order)
    }

    private static func send(
        _ request: CancelItemsRequest, _ desk: TestDesk
    ) async throws(RPCError) -> [UInt8] {
        try await desk.client(.storefront).unary(
            OrderServiceMethod.cancelItems, request.encoded(), options: .init()
        ).payload
    }

    @Test func `a repeat gets the same bytes and has no effect`() async throws {
        let (desk, order) = try await Self.desk()
        let request = CancelItemsRequest.cancel(order, [("a", 1)])
        let first = try await Self.send(request, desk)
        let after = try desk.contents()
        // Something else happens in between, and time goes on.
        try await desk.client().cancel(order, [("a", 2)])
        desk.wait(seconds: 3_600)
        let then = try desk.contents()
        #expect(then != after)
        #expect(try await Self.send(request, desk) == first)
        #expect(try desk.contents() == then)
    }

    @Test func `upper-case letters of a UUID make no other key`() async throws {
        let (desk, order) = try await Self.desk()
        var request = CancelItemsRequest.cancel(
            order, [("a", 1)], key: "0a1b2c3d-4e5f-6789-abcd-ef0123456789")
        let first = try await Self.send(request, desk)
        request.requestID = request.requestID.uppercased()
        #expect(try await Self.send(request, desk) == first)
    }

    @Test func `the version that was seen is no part of what was asked`() async throws {
        let (desk, order) = try await Self.desk()
        var request = CancelItemsRequest.cancel(order, [("a", 1)])
        request.expectedVersion = order.version
        let first = try await Self.send(request, desk)
        request.expectedVersion = 0
        #expect(try await Self.send(request, desk) == first)
        request.expectedVersion = 777
        #expect(try await Self.send(request, desk) == first)
    }

    static let otherContent: [RefusalCase<CancelItemsRequest>] = [
        .init("quantity", .alreadyExists, "IDEMPOTENCY_KEY_REUSED", field: "request_id") {
            $0.selection[0].quantity = 2
        },
        .init("reason", .alreadyExists, "IDEMPOTENCY_KEY_REUSED", field: "request_id") {
            $0.reason = .tooSlow
        },
        .init("switch", .alreadyExists, "IDEMPOTENCY_KEY_REUSED", field: "request_id") {
            $0.allowPartial = true
        },
        .init("customer", .alreadyExists, "IDEMPOTENCY_KEY_REUSED", field: "request_id") {
            $0.onBehalfOf = .customer("cus-2")
        },
        .init("operator", .alreadyExists, "IDEMPOTENCY_KEY_REUSED", field: "request_id") {
            $0.onBehalfOf?.operator = "ann"
        },
    ]

    @Test(arguments: otherContent)
    func `a key that was used with other content is refused`(
        _ other: RefusalCase<CancelItemsRequest>
    ) async throws {
        let (desk, order) = try await Self.desk()
        let request = CancelItemsRequest.cancel(order, [("a", 1)])
        _ = try await Self.send(request, desk)
        try await other.check(request, on: desk) { (request) async throws(RPCError) in
            try await Self.send(request, desk)
        }
        #expect(try await desk.client().fresh(order).units.first?.count == 1)
    }

    @Test func `a refused call consumes nothing, and succeeds once the state allows it`()
        async throws
    {
        let desk = try TestDesk()
        let client = desk.client()
        let order = try await client.imported(
            .order("ext-1", lines: [.line("a", 8_640)], tenders: [.card(8_640, captured: 0)]))
        let tender = order.tenders[0].tenderID
        func report(_ report: TenderReport, _ key: String) async throws(RPCError) {
            _ = try await client.payments.reportTender(
                ReportTenderRequest(
                    requestID: key, target: .tenderID(tender), report: report,
                    amount: report == .captured ? .eur(9_000) : nil))
        }
        let key = newKey()
        let error = await refusal { () async throws(RPCError) in
            try await report(.captured, key)
        }
        #expect(error.map { Refusal($0).reason } == "AMOUNT_EXCEEDS_AUTHORIZED")
        // Other content under the same key: the refused call left no trace of itself.
        try await report(.voided, key)
        #expect(try await client.fresh(order).tenders[0].state == .voided)
    }

    @Test func `one key serves different methods`() async throws {
        let (desk, order) = try await Self.desk()
        let key = newKey()
        try await desk.client().cancel(order, [("a", 1)], key: key)
        let begun = try await desk.client().warehouse.beginShipping(
            BeginShippingRequest(
                requestID: key, orderID: order.orderID, externalShipmentID: "shp-1",
                units: [UnitSelection(lineID: "a", quantity: 1)]))
        #expect(begun.accepted.count == 1)
    }

    @Test func `a repeated lease gives the same tasks and tokens`() async throws {
        let desk = try TestDesk()
        let client = desk.client()
        let order = try await client.imported(
            .order(
                "ext-1", lines: [.line("a", 100, bundle: "b"), .line("b", 100, bundle: "b")],
                bundles: [OrderBundle(bundleID: "b", discount: .eur(10))]))
        try await client.ship(order, "b", as: "shp-1", events: [])
        try await client.cancel(order, [("a", 1)], closure: true)
        let request = LeaseWarehouseTasksRequest(requestID: newKey())
        let first = try await client.warehouse.leaseTasks(request)
        #expect(first.tasks.count == 1)
        #expect(try await client.warehouse.leaseTasks(request) == first)
    }
}
