// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient

extension Demo {
    /// An order that was only authorized is canceled with all its items.
    func cancelWholeOrder() async throws -> Confirmed {
        narrator.step("A whole order is canceled")
        narrator.quote("To cancel the entire order, select all of the items.")
        narrator.say(
            "A second order, of a lamp and three bulbs. Its card is authorized and not charged yet."
        )
        let imported = try await desk.orders.importOrder(
            Goods.lamp(placed: Goods.ago(seconds: 3_600)), options: .idempotent)
        guard let order = imported.order else { throw DemoError.emptyReply("ImportOrder") }
        narrator.show(Tables.lines(order))
        let request = CancelItemsRequest(
            requestID: RequestID.make(), onBehalfOf: Goods.behalf, orderID: order.orderID,
            selection: order.lines.map { LineSelection(lineID: $0.lineID, quantity: $0.quantity) },
            reason: .orderedByMistake)
        let reply = try await desk.orders.cancelItems(request, options: .idempotent)
        let confirmed = Confirmed(request: request, reply: reply, bytes: stage.lastReply)
        let confirmation = confirmed.confirmation
        narrator.say("The screen shows, with the code \(confirmation.code):")
        narrator.show(confirmation.text)
        narrator.check(reply.orderState, is: .canceled, "the order is CANCELED")
        narrator.check(
            confirmation.releases.map { $0.amount?.minorUnits }, is: [57_00],
            "57.00 of authorization are given up, shipping included")
        narrator.check(
            confirmation.refunds.count, is: 0, "nothing was charged, so nothing is refunded")
        return confirmed
    }

    /// Canceled Orders shows what is canceled whole, and only that.
    func listCanceledOrders(_ lamp: Confirmed) async throws {
        narrator.step("Canceled Orders")
        narrator.quote(
            "You also confirm that the order was canceled by visiting the Canceled Orders section "
                + "in Your Orders.")
        let canceled = try await orders(.canceled)
        narrator.show(Tables.orders(canceled))
        narrator.check(
            canceled.map(\.orderID), is: [lamp.reply.orderID],
            "Canceled Orders shows the order that is canceled whole, and only that")
        let all = try await orders(.all)
        narrator.check(
            all.map(\.externalOrderID), is: ["DEMO-2", "DEMO-1"],
            "Your Orders shows both, the newest first")
        narrator.check(
            all.last?.partiallyCanceled, is: true, "the first one is marked partially canceled")
    }
}
