// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient

extension Demo {
    /// Everything that the desk has said before.
    private struct Memory: Equatable {
        let orders: [Order]
        let summaries: [OrderSummary]
        let messages: [MessageItem]
        let refunds: [Refund]
    }

    /// The daemon is killed and started again: what it acknowledged is there.
    func cutPower(repeating first: Confirmed, _ order: Order, _ lamp: Confirmed) async throws {
        narrator.step("The power fails")
        narrator.say(
            "SIGKILL: the daemon gets no chance to save anything. Then it is started again on the "
                + "same database.")
        let before = try await remember(order, lamp)
        let (exitCode, downtime) = try await stage.powerCut()
        narrator.check(exitCode, is: 137, "the daemon was killed")
        let after = try await remember(order, lamp)
        narrator.say("It listens again after \(Int(downtime / .milliseconds(1))) ms.")
        narrator.check(after.orders, is: before.orders, "both orders are there, unit by unit")
        narrator.check(after.summaries, is: before.summaries, "Your Orders shows the same")
        narrator.check(after.messages, is: before.messages, "the messages are there")
        narrator.check(after.refunds, is: before.refunds, "the refunds are there, to the cent")

        narrator.say(
            "The storefront may have lost the confirmation, so it asks again: the same requests "
                + "with the same request_id.")
        for (confirmed, name) in [(first, "the grinder"), (lamp, "the lamp order")] {
            _ = try await desk.orders.cancelItems(confirmed.request, options: .idempotent)
            narrator.check(
                stage.lastReply, is: confirmed.bytes,
                "canceling \(name) again: the same \(confirmed.bytes.count) bytes")
        }
        narrator.check(
            try await remember(order, lamp), is: before,
            "and nothing was canceled, refunded or told twice")
    }

    private func remember(_ order: Order, _ lamp: Confirmed) async throws -> Memory {
        let lampOrder = Order(orderID: lamp.reply.orderID)
        return Memory(
            orders: [try await current(order), try await current(lampOrder)],
            summaries: try await orders(.all), messages: try await messages(),
            refunds: try await refunds(order))
    }
}
