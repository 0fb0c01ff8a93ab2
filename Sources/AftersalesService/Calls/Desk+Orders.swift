// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesStore

extension Reading where Self: ~Copyable {
    /// An order of a customer; another customer's is as if it were not there.
    func order(_ id: OrderID, of customer: String?) throws -> Order {
        guard let order = try order(id), customer.map({ $0 == order.customerID }) ?? true else {
            throw Rejection.orderNotFound
        }
        return order
    }

    /// The version of the policy that is stamped on an order.
    func policy(of order: Order) throws -> Policy {
        guard let policy = try policy(order.policyVersion) else {
            throw Rejection.policyVersion(order.policyVersion)
        }
        return policy
    }
}

extension Transaction {
    /// What a decision about an order needs besides it.
    func context(of order: Order) throws -> DecisionContext {
        DecisionContext(now: now, policy: try policy(of: order), nextSequence: try nextSequence())
    }

    /// Saves a decision with its events.
    func save(_ change: OrderChange, by actor: Actor) throws {
        try save(change, events: EventEncoding.encode(change), actor: actor.text)
    }
}
