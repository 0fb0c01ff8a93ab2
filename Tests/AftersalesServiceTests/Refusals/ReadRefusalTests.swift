// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesService
import TTRPC
import Testing

/// What reads and MarkRead are refused for.
@Suite struct ReadRefusalTests {
    private static func said<Value>(
        _ call: () async throws(RPCError) -> Value
    ) async throws -> Refusal {
        Refusal(try #require(await refusal(call)))
    }

    @Test(arguments: [
        ("", StatusCode.invalidArgument, "FIELD_REQUIRED", ["order_id"]),
        ("ord_", .invalidArgument, "MALFORMED_ID", ["order_id"]),
        ("ord_0", .invalidArgument, "MALFORMED_ID", ["order_id"]),
        ("ord_il", .invalidArgument, "MALFORMED_ID", ["order_id"]),
        ("rfd_1", .invalidArgument, "MALFORMED_ID", ["order_id"]),
        ("ord_zzz", .notFound, "ORDER", []),
    ])
    func `an order id is read strictly`(
        _ id: String, _ code: StatusCode, _ reason: String, _ fields: [String]
    ) async throws {
        let orders = try TestDesk().client(.storefront).orders
        let customer = OnBehalfOf.customer("cus-1")
        let get = try await Self.said { () async throws(RPCError) in
            try await orders.getOrder(GetOrderRequest(orderID: id, onBehalfOf: customer))
        }
        #expect((get.code, get.reason) == (code, reason))
        #expect(get.fields == fields)
        let options = try await Self.said { () async throws(RPCError) in
            try await orders.getCancelOptions(
                GetCancelOptionsRequest(orderID: id, onBehalfOf: customer))
        }
        #expect(options == get)
    }

    @Test func `lists refuse a negative page and an unknown view`() async throws {
        let orders = try TestDesk().client(.storefront).orders
        let size = try await Self.said { () async throws(RPCError) in
            try await orders.listOrders(
                ListOrdersRequest(onBehalfOf: .customer("cus-1"), pageSize: -1))
        }
        #expect(size.code == .invalidArgument)
        #expect(size.reason == "PAGE_SIZE")
        #expect(size.fields == ["page_size"])
        let view = try await Self.said { () async throws(RPCError) in
            try await orders.listOrders(
                ListOrdersRequest(onBehalfOf: .customer("cus-1"), view: .unrecognized(4)))
        }
        #expect(view.reason == "UNKNOWN_ENUM")
        #expect(view.metadata == ["field": "view", "number": "4"])
    }

    @Test func `a refund is looked for by a well-formed id, in known states`() async throws {
        let refunds = try TestDesk().client(.storefront).refunds
        let malformed = try await Self.said { () async throws(RPCError) in
            try await refunds.getRefund(
                GetRefundRequest(refundID: "ord_1", onBehalfOf: .customer("cus-1")))
        }
        #expect(malformed.reason == "MALFORMED_ID")
        #expect(malformed.fields == ["refund_id"])
        let missing = try await Self.said { () async throws(RPCError) in
            try await refunds.getRefund(
                GetRefundRequest(refundID: "rfd_1", onBehalfOf: .customer("cus-1")))
        }
        #expect((missing.code, missing.reason) == (.notFound, "REFUND"))
        let state = try await Self.said { () async throws(RPCError) in
            try await refunds.listRefunds(
                ListRefundsRequest(
                    onBehalfOf: .customer("cus-1"), states: [.queued, .unrecognized(60)]))
        }
        #expect(state.reason == "UNKNOWN_ENUM")
        #expect(state.fields == ["states[1]"])
    }

    @Test func `a policy version that is not there is NOT_FOUND`() async throws {
        let policy = try TestDesk().client(.storefront).policy
        for version: Int64 in [2, -1, .max] {
            let missing = try await Self.said { () async throws(RPCError) in
                try await policy.getPolicy(GetPolicyRequest(policyVersion: version))
            }
            #expect((missing.code, missing.reason) == (.notFound, "POLICY_VERSION"))
            #expect(missing.metadata == ["version": "\(version)"])
        }
    }

    static let marks: [RefusalCase<MarkReadRequest>] = [
        .init("no messages", .invalidArgument, "FIELD_REQUIRED", field: "message_ids") {
            $0.messageIDs = []
        },
        .init(
            "101 messages", .invalidArgument, "TOO_MANY", metadata: ["count_max": "100"],
            field: "message_ids"
        ) { $0.messageIDs = Array(repeating: "msg_1", count: 101) },
        .init(
            "a message named twice", .invalidArgument, "DUPLICATE_LINE",
            metadata: ["id": "msg_1"], field: "message_ids[1]"
        ) { $0.messageIDs = ["msg_1", "msg_1"] },
        .init(
            "a malformed message", .invalidArgument, "MALFORMED_ID",
            metadata: ["prefix": "msg"], field: "message_ids[1]"
        ) { $0.messageIDs.append("ord_1") },
        .init("a message that is not there", .notFound, "MESSAGE", metadata: ["id": "msg_zzz"]) {
            $0.messageIDs.append("msg_zzz")
        },
        .init("another customer's message", .notFound, "MESSAGE", metadata: ["id": "*"]) {
            $0.onBehalfOf = .customer("cus-2")
        },
    ]

    @Test(arguments: marks)
    func `marking is refused whole, and then taken with the same key`(
        _ given: RefusalCase<MarkReadRequest>
    ) async throws {
        let desk = try TestDesk()
        let client = desk.client()
        let order = try await client.imported(.order("ext-1", lines: [.line("a", 100)]))
        try await client.cancel(order, [("a", 1)])
        let messages = desk.client(.storefront).messages
        let listed = try await messages.listMessages(
            ListMessagesRequest(onBehalfOf: .customer("cus-1")))
        let id = try #require(listed.messages.first).messageID
        var refused = given
        if refused.metadata["id"] == "*" { refused.metadata["id"] = id }
        try await refused.check(
            MarkReadRequest(
                requestID: newKey(), onBehalfOf: .customer("cus-1"), messageIDs: [id]), on: desk
        ) { (request) async throws(RPCError) in try await messages.markRead(request) }
    }
}
