// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import ProtobufC
import TTRPC
import Testing

/// Money over the socket: tenders, currencies, totals, and keys that are used again.
@Suite struct MoneyScenarioTests {
    @Test func `the card is refunded first, then the gift card`() async throws {
        let stage = try await Stage()
        let desk = stage.desk()
        var basket = Basket()
        basket.add("coat", 45_00)
        basket.add("hat", 39_99)
        basket.totals.grandTotal = basket.money(84_99)
        basket.pay(.giftCard, 25_00)
        basket.pay(.card, 59_99)
        let order = try await desk.place(basket)
        let first = try await desk.cancel(order, [("coat", 1)])
        #expect(first.refunded == [.card: 45_00])
        let second = try await desk.cancel(order, [("hat", 1)])
        #expect(second.refunded == [.card: 14_99, .giftCard: 25_00])
        let now = try await desk.current(order)
        #expect(now.refunded?.minorUnits == 25_00, "the gift card has it at once")
        #expect(now.refundPending?.minorUnits == 59_99)
        let states = try await desk.legs(order).map { [$0.tenderClass: $0.state] }
        #expect(states.contains([.giftCard: .settled]))
        #expect(states.filter { $0 == [.card: .queued] }.count == 2)
    }

    @Test func `yen have no cents, and the units before the first open one are passed over`()
        async throws
    {
        let stage = try await Stage()
        let desk = stage.desk()
        var basket = Basket("JPY")
        basket.add("bowl", 1_000, quantity: 3)
        basket.totals = OrderTotals(
            orderDiscount: basket.money(500), grandTotal: basket.money(2_500))
        basket.pay(.card, 2_500)
        let order = try await desk.place(basket)
        #expect(order.perUnit(\.total) == [833, 833, 834])
        let first = try await desk.cancel(order, [("bowl", 1)])
        #expect(first.refunded == [.card: 833])
        let rest = try await desk.cancel(order, [("bowl", 2)])
        #expect(first.refundTotal + rest.refundTotal == 2_500)

        basket.id += "-begun"
        let begun = try await desk.place(basket)
        let shipping = try await desk.beginShipping(begun, "bowl")
        #expect(shipping.accepted.map(\.firstUnit) == [0])
        let two = try await desk.cancel(begun, [("bowl", 2)])
        #expect(two.refunded == [.card: 1_667])
        #expect(two.confirmation?.canceled.map(\.firstUnit).min() == 1)
    }

    @Test func `dinars have three decimals, and tax is spread to the last of them`() async throws {
        let stage = try await Stage()
        let desk = stage.desk()
        var basket = Basket("KWD")
        basket.add("rug", 50_000, quantity: 3, tax: 10_000)
        basket.totals.grandTotal = basket.money(160_000)
        basket.pay(.card, 160_000)
        let order = try await desk.place(basket)
        #expect(order.perUnit(\.tax) == [3_334, 3_333, 3_333])
        let reply = try await desk.cancel(order, [("rug", 1)])
        #expect(reply.refundTotal == 53_334)
        #expect(reply.confirmation?.text.contains("53.334") == true)
    }

    @Test func `a total that does not sum and a card number are refused, and nothing is written`()
        async throws
    {
        let stage = try await Stage()
        let desk = stage.desk()
        var basket = Basket()
        basket.add("a", 97_16)
        basket.totals.grandTotal = basket.money(97_16)
        basket.pay(.card, 97_15)
        let short = try await refusal { [basket] in try await desk.place(basket) }
        #expect(short?.reason == "INVALID_ARGUMENT/TOTAL_MISMATCH")
        #expect(short?.detail(ErrorInfo.self)?["difference"] == "-1")

        basket.tenders = []
        basket.pay(.card, 97_16)
        basket.note = "please charge 4111 1111-11111111 instead"
        let pan = try await refusal { [basket] in try await desk.place(basket) }
        #expect(pan?.reason == "INVALID_ARGUMENT/PAN_REJECTED")
        #expect(pan?.detail(BadRequest.self)?.fieldViolations.map(\.field) == ["note"])
        #expect(pan?.message.contains("4111") == false)
        #expect(try await desk.list(.all).isEmpty)
        try await stage.stop()
        let database = try StoppedDatabase(stage.place)
        #expect(try database.scalar("SELECT count(*) FROM orders") == "0")
        #expect(try database.scalar("SELECT count(*) FROM request_key") == "0")
        #expect(try database.scalar("SELECT count(*) FROM event WHERE type LIKE 'order%'") == "0")
    }

    @Test func `a key gives the same bytes again and refuses other content, after a power cut too`()
        async throws
    {
        let stage = try await Stage()
        let desk = stage.desk()
        var basket = Basket()
        basket.add("pen", 10_00, quantity: 3)
        basket.totals.grandTotal = basket.money(30_00)
        basket.pay(.card, 30_00)
        let placing = basket.request()
        let placed = try await stage.reply(OrderServiceMethod.importOrder, placing)
        let order = try #require(try ImportOrderResponse.decode(placed.span).order)
        let one = cancelRequest(order, [("pen", 1)])
        let method = OrderServiceMethod.cancelItems
        let reply = try await stage.reply(method, one)
        #expect(try CancelItemsResponse.decode(reply.span).refundTotal == 10_00)
        var two = one
        two.selection = [LineSelection(lineID: "pen", quantity: 2)]
        let after = try await desk.current(order)

        for restart in [nil, "power cut", "stop"] {
            if restart == "power cut" { try await stage.kill() }
            if restart == "stop" { #expect(try await stage.stop() == 0) }
            if restart != nil { try await stage.start() }
            #expect(try await stage.reply(OrderServiceMethod.importOrder, placing) == placed)
            #expect(try await stage.reply(method, one) == reply)
            let error = try await refusal { [two] in try await stage.reply(method, two) }
            #expect(error?.reason == "ALREADY_EXISTS/IDEMPOTENCY_KEY_REUSED")
            let desk = stage.desk()
            #expect(try await desk.current(order) == after)
            #expect(try await desk.legs(order).count == 1)
            #expect(try await desk.inbox(order).count == 1)
        }
    }
}
