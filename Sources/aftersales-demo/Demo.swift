// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import TTRPC

/// The story, from the first order to the power cut.
///
/// Each step quotes the sentence of the policy it plays, does what a storefront or a warehouse
/// would do, shows the answer and checks it.
struct Demo: Sendable {
    let stage: Stage
    let narrator: Narrator

    var desk: AftersalesClient { stage.desk }

    func play() async throws {
        try await readPolicy()
        let order = try await placeBreakfastOrder()
        try await shipCoffeeMaker(order)
        try await showOptions(order)
        try await refuseSubscription(order)
        try await preview(order)
        let request = try await refuseWithoutClosure(order)
        let confirmed = try await cancelBundle(request, order)
        try await readMessages(order, confirmed)
        try await followMoney(order)
        let lamp = try await cancelWholeOrder()
        try await listCanceledOrders(lamp)
        try await cutPower(repeating: confirmed, order, lamp)
        conclude()
    }

    /// An order as the desk holds it now.
    func current(_ order: Order) async throws -> Order {
        let reply = try await desk.orders.getOrder(
            GetOrderRequest(orderID: order.orderID, onBehalfOf: Goods.behalf),
            options: .idempotent)
        guard let current = reply.order else { throw DemoError.emptyReply("GetOrder") }
        return current
    }

    private func readPolicy() async throws {
        narrator.step("The policy")
        let reply = try await desk.policies.getPolicy(GetPolicyRequest(), options: .idempotent)
        guard let policy = reply.policy else { throw DemoError.emptyReply("GetPolicy") }
        narrator.takePolicy(policy.text)
        narrator.say(
            "The desk keeps the policy as a versioned record: version \(policy.policyVersion), "
                + "\(policy.text.utf8.count) bytes, word for word. Every order is judged under the "
                + "version it came in with. What follows quotes it sentence by sentence; each "
                + "quotation is looked up in that text.")
        narrator.check(
            policy.text.hasPrefix("Refund/Cancellation Policy"),
            "GetPolicy returns the policy's text")
    }

    private func conclude() {
        let (passed, failed) = narrator.counts
        narrator.step("The end")
        if failed == 0 {
            narrator.say("\(passed) things were looked at, and all are as the policy says.")
        } else {
            narrator.say("\(failed) of \(passed + failed) things are NOT as the policy says.")
        }
    }
}

/// A confirmed cancellation: the request, the decoded reply and its bytes.
struct Confirmed: Sendable {
    let request: CancelItemsRequest
    let reply: CancelItemsResponse
    let bytes: [UInt8]

    /// What stands on the screen.
    var confirmation: CancelConfirmation { reply.confirmation ?? CancelConfirmation() }
}

/// Why the story cannot go on.
enum DemoError: Error, CustomStringConvertible {
    /// A reply lacks what its method promises.
    case emptyReply(String)

    var description: String {
        switch self {
        case .emptyReply(let method): "the reply of \(method) is empty"
        }
    }
}
