// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import DaemonHarness
import ProtobufC
import TTRPC

/// One client of a daemon that dies again and again: imports orders and cancels items of them.
///
/// A call without an answer is sent again, as it was, to the next life of the daemon. What comes of
/// it all is known to the client alone, from the answers it got.
final class Shopper {
    /// An order as the client knows it.
    struct Purchase: Sendable {
        var order: Order
        /// Canceled units by line.
        var canceled: [String: Int64] = [:]
        var refunded: Int64 = 0
        var cancellations = 0
    }

    /// A call failed although its daemon was alive.
    struct Unexpected: Error, CustomStringConvertible {
        let description: String
    }

    /// What a client has in the end.
    struct Outcome: Sendable {
        let behalf: OnBehalfOf
        let purchases: [Purchase]
        /// The requests by key.
        let effects: [String: ClientJournal.Effect]
        /// What the journal's file says of each key.
        let entries: [String: ClientJournal.Entry]
    }

    private let journal: ClientJournal
    private var purchases: [Purchase] = []
    private let name: String
    private let gate: Gate
    private let stage: Stage
    private var random: SplitMix
    private var connection: Client?
    private var life = 0
    private var answersOnConnection = 0

    init(number: Int, seed: UInt64, stage: Stage, gate: Gate) throws {
        name = "shopper-\(number)"
        journal = try ClientJournal(path: stage.place.directory + "/\(name).journal")
        random = SplitMix(state: seed &+ UInt64(number))
        self.stage = stage
        self.gate = gate
    }

    /// Shops until the gate says that it is over.
    func run() async throws -> Outcome {
        while !gate.isOver {
            var purchase = try await buy()
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                try await cancelSome(&purchase)
            }
            purchases.append(purchase)
        }
        return Outcome(
            behalf: OnBehalfOf(party: .customerID(name)), purchases: purchases,
            effects: journal.effects, entries: try journal.entries())
    }

    private func buy() async throws -> Purchase {
        var basket = Basket()
        basket.customerID = name
        basket.id = "\(name)-\(purchases.count)"
        var total: Int64 = 0
        for line in 0..<Int.random(in: 1...3, using: &random) {
            let price = Int64.random(in: 1...99_99, using: &random)
            let quantity = Int64.random(in: 1...4, using: &random)
            basket.add("line-\(line)", price, quantity: quantity)
            total += price * quantity
        }
        let discount = Int64.random(in: 0...total / 3, using: &random)
        let shipping = Int64.random(in: 0...9_00, using: &random)
        total += shipping - discount
        basket.totals = OrderTotals(
            orderDiscount: basket.money(discount), shipping: basket.money(shipping),
            grandTotal: basket.money(total))
        let gift = Int64.random(in: 0..<total, using: &random)
        if gift > 0 { basket.pay(.giftCard, gift) }
        basket.pay(.card, total - gift)
        let key = RequestID.make(using: &random)
        let reply: ImportOrderResponse = try await effect(
            OrderServiceMethod.importOrder, key, basket.request(key: key))
        return Purchase(order: reply.order ?? Order())
    }

    private func cancelSome(_ purchase: inout Purchase) async throws {
        let left = purchase.order.lines.compactMap { line -> (String, Int64)? in
            let open = line.quantity - purchase.canceled[line.lineID, default: 0]
            return open > 0 ? (line.lineID, open) : nil
        }
        guard let (line, open) = left.randomElement(using: &random) else { return }
        let count = Int64.random(in: 1...open, using: &random)
        let key = RequestID.make(using: &random)
        let reply: CancelItemsResponse = try await effect(
            OrderServiceMethod.cancelItems, key,
            cancelRequest(purchase.order, [(line, count)], key: key))
        purchase.canceled[line, default: 0] += count
        purchase.refunded += reply.refundTotal
        purchase.cancellations += 1
    }

    /// Has an effect: writes it down, sends it until it is answered, writes the answer down.
    private func effect<Response: Message>(
        _ method: MethodDescriptor, _ key: String, _ request: some Message
    ) async throws -> Response {
        let bytes = request.encoded()
        try journal.sent(key, ClientJournal.Effect(method: method, request: bytes))
        while true {
            let connection = try await liveConnection()
            do {
                let reply = try await connection.unary(
                    method, bytes, options: CallOptions()
                ).payload
                answersOnConnection += 1
                gate.answered(in: life)
                try journal.acked(key, reply)
                return try Response.decode(reply.span)
            } catch let error as RPCError {
                let isLost = gate.lost(in: life, wasConnected: answersOnConnection > 0)
                guard isLost, error.code == .unavailable else {
                    throw Unexpected(description: "\(name): \(method), key \(key): \(error)")
                }
                self.connection = nil
            }
        }
    }

    private func liveConnection() async throws -> Client {
        let current = try await gate.life()
        if let connection, current == life { return connection }
        let next = stage.connection()
        connection = next
        life = current
        answersOnConnection = 0
        return next
    }
}

/// SplitMix64: small, seeded, good enough to choose what happens.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
