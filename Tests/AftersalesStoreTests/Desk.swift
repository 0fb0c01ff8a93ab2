// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesStore

/// A desk without a service: decisions of the domain, saved in one batch each.
struct Desk {
    let batch: WriteBatch
    private var calls = 0

    init(_ scratch: Scratch) throws {
        batch = try scratch.batch()
    }

    /// Runs one decision as one call; what it saved is the call's outcome.
    @discardableResult
    mutating func run(
        _ decide: @escaping @Sendable (borrowing Transaction) throws -> OrderChange?
    ) throws -> Outcome {
        calls += 1
        return try batch.run([.decision(key: "call-\(calls)", decide)])[0]
    }

    mutating func importOrder(_ intake: OrderIntake) throws -> OrderID {
        try run { transaction in
            try Order.imported(
                intake,
                context: DecisionContext(
                    now: transaction.now, policy: transaction.currentPolicy(),
                    nextSequence: transaction.nextSequence()))
        }
        guard let order = try batch.read({ try $0.order(externalID: intake.externalID) }) else {
            throw Refusal()
        }
        return order.id
    }
}

extension Mutation {
    static func decision(
        key: String,
        _ decide: @escaping @Sendable (borrowing Transaction) throws -> OrderChange?
    ) -> Mutation {
        Mutation(
            method: "test/Decide", requestID: key, digest: [UInt8](repeating: 1, count: 32),
            body: { transaction in
                guard let change = try decide(transaction) else { return [] }
                try transaction.save(
                    change, events: change.events.map(EncodedEvent.init), actor: "uid:1000")
                return Array("version \(change.after.version)".utf8)
            })
    }

    static func cancel(key: String, _ id: OrderID, _ lines: [String: Int]) -> Mutation {
        decision(key: key) { transaction in
            try transaction.cancel(id, lines).change
        }
    }
}

extension EncodedEvent {
    /// The fact in Swift's words stands in for an encoded message.
    init(_ event: DomainEvent) {
        self.init(type: "test", payload: Array("\(event.fact)".utf8.prefix(200)))
    }
}

extension Reading where Self: ~Copyable {
    func legs(of order: Order) throws -> [RefundLeg] {
        try refunds(
            RefundQuery(customerID: order.customerID, orderID: order.id), limit: 1_000)
    }
}

extension Transaction {
    func context(of order: Order) throws -> DecisionContext {
        guard let policy = try policy(order.policyVersion) else { throw Refusal() }
        return DecisionContext(now: now, policy: policy, nextSequence: try nextSequence())
    }

    func load(_ id: OrderID) throws -> Order {
        guard let order = try order(id) else { throw Refusal() }
        return order
    }

    func cancel(_ id: OrderID, _ lines: [String: Int]) throws -> CancelDecision {
        let order = try load(id)
        let items = lines.sorted { $0.key < $1.key }
            .map { Selection.Item(lineID: $0.key, quantity: $0.value) }
        return try order.cancel(
            CancelItems(selection: Selection(items), acceptBundleClosure: true),
            context: context(of: order))
    }
}

extension OrderIntake {
    /// One line of so many mugs at 10.00, paid by one captured card.
    static func mugs(
        _ count: Int, id: String = "o-1", customer: String = "c-1", placedAt: Int64 = 0
    ) -> OrderIntake {
        let total = Int64(count) * 1_000
        return OrderIntake(
            externalID: id, customerID: customer, currencyCode: "EUR",
            placedAt: Instant(microseconds: placedAt),
            lines: [
                IntakeLine(
                    lineID: "l-1", sku: "mug", title: "Mug", quantity: count,
                    unitListPrice: 1_000)
            ],
            tenders: [
                IntakeTender(
                    externalID: "t-1", tenderClass: .card, institution: "visa", token: "tok",
                    brand: "Visa", last4: "4242", amount: total, authorized: total,
                    captured: total)
            ])
    }

    /// Several lines, a bundle, a subscription, discounts, charges, two tenders.
    static func basket(id: String, captured: Bool) -> OrderIntake {
        let (gift, card): (Int64, Int64) = (2_000, 6_395)
        var intake = OrderIntake(
            externalID: id, customerID: "c-1", locale: "zh-CN", phone: "+861234",
            currencyCode: "CNY", placedAt: Instant(microseconds: 5),
            lines: [
                IntakeLine(
                    lineID: "plain", sku: "p", title: "茶杯", quantity: 7, unitListPrice: 333,
                    tax: 20),
                IntakeLine(
                    lineID: "b1", sku: "x", title: "", quantity: 2, unitListPrice: 1_000,
                    bundle: BundleMembership(bundleID: "bundle", group: "g")),
                IntakeLine(
                    lineID: "b2", sku: "y", title: "Y", quantity: 1, unitListPrice: 3_000,
                    bundle: BundleMembership(bundleID: "bundle")),
                IntakeLine(
                    lineID: "sub", sku: "s", title: "Prime", kind: .subscription,
                    unitListPrice: 1_000),
                IntakeLine(
                    lineID: "sold", sku: "m", title: "M", sellerID: "seller-1",
                    unitListPrice: 100),
            ],
            bundles: [IntakeBundle(bundleID: "bundle", discount: 500)],
            tenders: [
                IntakeTender(
                    externalID: "gift", tenderClass: .giftCard, amount: gift, authorized: gift,
                    captured: gift),
                IntakeTender(
                    externalID: "card", tenderClass: .card, institution: "wechat", token: "tok",
                    amount: card, authorized: card, captured: captured ? card : 0),
            ])
        intake.orderDiscount = 100
        intake.shipping = 444
        intake.otherCharges = 100
        intake.note = "leave it at the door"
        return intake
    }
}
