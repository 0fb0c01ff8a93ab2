// SPDX-License-Identifier: Apache-2.0

public import Aftersales
import SQLite

extension Reading where Self: ~Copyable {
    /// An order, whole.
    public func order(_ id: OrderID) throws(StoreError) -> Order? {
        try session.run { (connection) throws(SQLiteError) in try connection.order(id) }
    }

    /// An order by the storefront's own id, whole.
    public func order(externalID: String) throws(StoreError) -> Order? {
        try session.run { (connection) throws(SQLiteError) in
            guard let id = try connection.orderID(external: externalID) else { return nil }
            return try connection.order(id)
        }
    }

    /// The order a tender belongs to, whole.
    public func order(of tender: TenderID) throws(StoreError) -> Order? {
        try session.run { (connection) throws(SQLiteError) in
            guard let id = try connection.orderID(of: tender) else { return nil }
            return try connection.order(id)
        }
    }

    /// A customer's orders, newest first by time placed, then by id; the page after a key.
    public func orders(
        of customer: String, in view: OrderListView, after key: OrderKey? = nil, limit: Int
    ) throws(StoreError) -> [Order] {
        try session.run { (connection) throws(SQLiteError) in
            let keys = try connection.orderKeys(
                of: customer, in: view, after: key, limit: min(limit, StoreLimits.pageMax))
            var orders: [Order] = []
            for key in keys {
                if let order = try connection.order(key.id) { orders.append(order) }
            }
            return orders
        }
    }

    /// A version of the policy; kept in memory, since none ever changes.
    public func policy(_ version: Int64) throws(StoreError) -> Policy? {
        if let policy = session.policies[version] { return policy }
        let policy = try session.run { (connection) throws(SQLiteError) in
            try connection.policy(version)
        }
        session.policies[version] = policy
        return policy
    }

    /// The newest version of the policy: the one new orders are stamped with.
    public func currentPolicy() throws(StoreError) -> Policy {
        let version = try session.run { (connection) throws(SQLiteError) in
            try connection.currentPolicyVersion()
        }
        guard let version, let policy = try policy(version) else {
            throw StoreError(.unreadable, message: "no policy")
        }
        return policy
    }
}
