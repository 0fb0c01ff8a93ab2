// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient

extension Demo {
    /// The customer's messages, unread first.
    func messages() async throws -> [MessageItem] {
        try await desk.messages.listMessages(
            ListMessagesRequest(onBehalfOf: Goods.behalf), options: .idempotent
        ).messages
    }

    /// The legs of one order's refunds.
    func refunds(_ order: Order) async throws -> [Refund] {
        try await desk.refunds.listRefunds(
            ListRefundsRequest(onBehalfOf: Goods.behalf, orderID: order.orderID),
            options: .idempotent
        ).refunds
    }

    /// The message is written with the cancellation, not by a worker later.
    func readMessages(_ order: Order, _ confirmed: Confirmed) async throws {
        narrator.step("The Message Center")
        narrator.quote("You’ll also receive a message in the Message Center in Your Account.")
        let messages = try await messages()
        for message in messages {
            narrator.say("\(message.title) (\(message.read ? "read" : "unread"))")
            narrator.show(message.text)
        }
        narrator.check(
            messages.map(\.kind), is: [.cancelConfirmed], "there is exactly one message about it")
        narrator.check(messages.map(\.orderID), is: [order.orderID], "it names the order")
        narrator.check(
            messages.map(\.text), is: [confirmed.confirmation.text],
            "it says what the screen said")
    }

    /// Card first, then the gift card, and the shop owes nothing more and nothing less.
    func followMoney(_ order: Order) async throws {
        narrator.step("The money")
        narrator.quote(
            "To ensure the security of the customer’s account amount, we will arrange for the "
                + "original card to be refunded.")
        narrator.say(
            "54.58 are owed: 33.59 for the grinder and 20.99 for the frother. The card gets back "
                + "all it paid, the gift card the rest. No call names a card: the destination "
                + "follows from the tender that paid.")
        let legs = try await refunds(order)
        narrator.show(Tables.legs(legs))
        let card = legs.first { $0.tenderClass == .card }
        let gift = legs.first { $0.tenderClass == .giftCard }
        narrator.check(legs.count, is: 2, "there is one refund for each tender")
        narrator.check(card?.amount?.minorUnits, is: 46_86, "46.86 go to the Visa ending in 4242")
        narrator.check(
            card?.state, is: .queued, "the bank is asked by the payment worker: QUEUED")
        narrator.check(gift?.amount?.minorUnits, is: 7_72, "7.72 go to the gift card")
        narrator.check(gift?.state, is: .settled, "the gift card has it at once: SETTLED")
        let now = try await current(order)
        narrator.check(
            (now.refunded?.minorUnits ?? 0) + (now.refundPending?.minorUnits ?? 0), is: 54_58,
            "the order knows of 54.58, paid or on the way")
        narrator.check(
            now.partiallyCanceled && now.state == .partiallyShipped,
            "the order is PARTIALLY_SHIPPED and partially canceled")
    }
}
