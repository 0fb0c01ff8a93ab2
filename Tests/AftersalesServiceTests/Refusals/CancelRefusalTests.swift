// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesService
import TTRPC
import Testing

/// Everything a cancellation and its preview are refused for.
@Suite struct CancelRefusalTests {
    typealias Case = RefusalCase<CancelItemsRequest>

    /// One line in each state a selection can meet.
    private static func order(on desk: TestDesk) async throws -> Order {
        let client = desk.client()
        let order = try await client.imported(
            .order(
                "ext-1",
                lines: [
                    .line("plain", 1_000, quantity: 3), .line("sold", 500, seller: "sel-1"),
                    .line("song", 99, kind: .digital), .line("picked", 700),
                    .line("gone", 800), .line("off", 900, quantity: 2),
                    .line("left", 300, bundle: "b1"), .line("right", 200, bundle: "b1"),
                    .line("packed", 100, bundle: "b1"),
                ], bundles: [OrderBundle(bundleID: "b1", discount: .eur(60))]))
        try await client.ship(order, "picked", as: "shp-1", events: [])
        try await client.ship(order, "packed", as: "shp-2", events: [])
        try await client.ship(order, "gone", as: "shp-3")
        try await client.cancel(order, [("off", 2)])
        return try await client.fresh(order)
    }

    private static func select(
        _ lines: (String, Int64)...
    ) -> @Sendable (inout CancelItemsRequest) -> Void {
        let selection = lines.map { LineSelection(lineID: $0.0, quantity: $0.1) }
        return { $0.selection = selection }
    }

    /// What preview and effect refuse alike.
    static let judged: [Case] = [
        Case(
            "an unknown line", .invalidArgument, "UNKNOWN_LINE", metadata: ["line_id": "nope"],
            field: "selection[0].line_id", select(("nope", 1))),
        Case(
            "a line named twice", .invalidArgument, "DUPLICATE_LINE",
            metadata: ["line_id": "plain"], field: "selection[1].line_id",
            select(("plain", 1), ("plain", 1))),
        Case(
            "a quantity of 0", .invalidArgument, "QUANTITY",
            metadata: ["quantity_max": "1000000"], field: "selection[0].quantity",
            select(("plain", 0))),
        Case(
            "a quantity beyond Int32", .invalidArgument, "QUANTITY",
            metadata: ["quantity_max": "1000000"], field: "selection[0].quantity",
            select(("plain", .max))),
        Case(
            "2,001 lines", .invalidArgument, "TOO_MANY", metadata: ["count_max": "2000"],
            field: "selection"
        ) { $0.selection = (0...2_000).map { LineSelection(lineID: "l\($0)", quantity: 1) } },
        Case(
            "a digital line", .failedPrecondition, "NOT_PHYSICAL",
            metadata: ["line_id": "song"], select(("plain", 1), ("song", 1))),
        Case(
            "a seller's line", .failedPrecondition, "USE_REQUEST_CANCELLATION",
            metadata: ["line_id": "sold"], select(("sold", 1))),
        Case(
            "a line being picked", .failedPrecondition, "IN_SHIPPING_PROCESS",
            metadata: ["line_id": "picked"], select(("picked", 1))),
        Case(
            "a line that shipped", .failedPrecondition, "ALREADY_SHIPPED",
            metadata: ["line_id": "gone"], select(("gone", 1))),
        Case(
            "a line that is canceled", .failedPrecondition, "ALREADY_CANCELED",
            metadata: ["line_id": "off"], select(("off", 1))),
        Case(
            "more than is open", .failedPrecondition, "QUANTITY_NOT_OPEN",
            metadata: ["line_id": "plain", "open": "3"], select(("plain", 4))),
        Case("another customer", .notFound, "ORDER") { $0.onBehalfOf = .customer("cus-2") },
        Case("an order that is not there", .notFound, "ORDER") { $0.orderID = "ord_zzz" },
        Case("no order", .invalidArgument, "FIELD_REQUIRED", field: "order_id") {
            $0.orderID = ""
        },
        Case(
            "an id of another kind", .invalidArgument, "MALFORMED_ID",
            metadata: ["prefix": "ord"], field: "order_id"
        ) { $0.orderID = "rfd_1" },
        Case(
            "a customer of 65 bytes", .invalidArgument, "TOO_LONG",
            metadata: ["bytes_max": "64"], field: "on_behalf_of.customer_id"
        ) { $0.onBehalfOf = .customer(String(repeating: "c", count: 65)) },
        Case(
            "an operator of 65 bytes", .invalidArgument, "TOO_LONG",
            metadata: ["bytes_max": "64"], field: "on_behalf_of.operator"
        ) { $0.onBehalfOf?.operator = String(repeating: "o", count: 65) },
        Case(
            "no customer", .invalidArgument, "FIELD_REQUIRED",
            field: "on_behalf_of.customer_id"
        ) { $0.onBehalfOf = nil },
        Case(
            "a customer without a name", .invalidArgument, "FIELD_REQUIRED",
            field: "on_behalf_of.customer_id"
        ) { $0.onBehalfOf = .customer("") },
        Case(
            "a seller instead of a customer", .invalidArgument, "FIELD_REQUIRED",
            field: "on_behalf_of.customer_id"
        ) { $0.onBehalfOf = .seller("sel-1") },
    ]

    /// What only the effect refuses.
    static let effect: [Case] = [
        Case(
            "no key", .invalidArgument, "REQUEST_ID", metadata: ["field": "request_id"],
            field: "request_id"
        ) { $0.requestID = "" },
        Case("no reason", .invalidArgument, "FIELD_REQUIRED", field: "reason") {
            $0.reason = .unspecified
        },
        Case(
            "an unknown reason", .invalidArgument, "UNKNOWN_ENUM",
            metadata: ["field": "reason", "number": "77"], field: "reason"
        ) { $0.reason = .unrecognized(77) },
        Case(
            "a reason of the shop's", .invalidArgument, "REASON_NOT_CUSTOMERS",
            metadata: ["field": "reason"], field: "reason"
        ) { $0.reason = .outOfStock },
        Case(
            "a version that has passed", .aborted, "VERSION",
            metadata: ["expected": "1", "actual": "6"]
        ) { $0.expectedVersion = 1 },
        Case(
            "a bundle that is not accepted", .failedPrecondition, "BUNDLE_CLOSURE_REQUIRED",
            metadata: ["bundle_id": "b1"], select(("plain", 1), ("left", 1))),
    ]

    @Test(arguments: judged + effect)
    func `a cancellation is refused for what is wrong, and then taken with the same key`(
        _ refused: Case
    ) async throws {
        let desk = try TestDesk()
        let order = try await Self.order(on: desk)
        let orders = desk.client(.storefront).orders
        try await refused.check(.cancel(order, [("plain", 1)]), on: desk) {
            (request) async throws(RPCError) in try await orders.cancelItems(request)
        }
    }

    @Test(arguments: judged)
    func `a preview is refused as its cancellation would be`(_ refused: Case) async throws {
        let desk = try TestDesk()
        let order = try await Self.order(on: desk)
        var request = CancelItemsRequest.cancel(order, [("plain", 1)])
        refused.change(&request)
        let preview = PreviewCancelRequest(
            orderID: request.orderID, onBehalfOf: request.onBehalfOf,
            selection: request.selection)
        let error = try #require(
            await refusal { () async throws(RPCError) in
                try await desk.client(.storefront).orders.previewCancel(preview)
            })
        let said = Refusal(error)
        #expect(said.code == refused.code)
        #expect(said.reason == refused.reason)
        #expect(said.metadata == refused.metadata)
        #expect(said.fields == (refused.field.map { [$0] } ?? []))
    }

    @Test func `an empty selection is refused`() async throws {
        let desk = try TestDesk()
        let order = try await Self.order(on: desk)
        let before = try desk.contents()
        let error = try #require(
            await refusal { () async throws(RPCError) in
                try await desk.client(.storefront).cancel(order, [])
            })
        #expect(Refusal(error).code == .invalidArgument)
        #expect(Refusal(error).reason == "EMPTY_SELECTION")
        #expect(try desk.contents() == before)
    }

    @Test func `a required closure comes with every line that would go, and nothing happened`()
        async throws
    {
        let desk = try TestDesk()
        let order = try await Self.order(on: desk)
        let error = try #require(
            await refusal { () async throws(RPCError) in
                try await desk.client(.storefront).cancel(order, [("left", 1)])
            })
        let closure = try #require(error.message(BundleClosure.self))
        #expect(
            closure.items == [
                ClosureItem(lineID: "left", bundleID: "b1", canceling: 1, selected: 1),
                ClosureItem(lineID: "right", bundleID: "b1", canceling: 1),
                ClosureItem(lineID: "packed", bundleID: "b1", stopping: 1),
            ])
        #expect(try await desk.client().fresh(order) == order)
    }

    @Test func `refused lines are all named in the second detail`() async throws {
        let desk = try TestDesk()
        let order = try await Self.order(on: desk)
        func lines(_ selection: [(String, Int64)]) async -> [SkippedLine] {
            let error = await refusal { () async throws(RPCError) in
                try await desk.client(.storefront).cancel(order, selection)
            }
            return error?.message(LineRefusals.self)?.lines ?? []
        }
        #expect(
            await lines([("plain", 7)]) == [
                SkippedLine(lineID: "plain", quantity: 7, open: 3, reason: .quantityNotOpen)
            ])
        #expect(await lines([("song", 1)]).map(\.reason) == [.notPhysical])
        #expect(await lines([("sold", 1)]).map(\.reason) == [.useRequestCancellation])
        #expect(await lines([("picked", 1)]).map(\.reason) == [.inShippingProcess])
        #expect(await lines([("gone", 1)]).map(\.reason) == [.alreadyShipped])
        #expect(await lines([("off", 1)]).map(\.reason) == [.alreadyCanceled])
    }
}
