// SPDX-License-Identifier: Apache-2.0

public import Aftersales
import SQLite

extension Reading where Self: ~Copyable {
    /// A Message Center item.
    public func message(_ id: MessageID) throws(StoreError) -> StoredMessage? {
        try session.run { (connection) throws(SQLiteError) in try connection.message(id) }
    }

    /// Messages, unread first, then newest first; the page after a key.
    public func messages(
        _ query: MessageQuery, after key: MessageKey? = nil, limit: Int
    ) throws(StoreError) -> [StoredMessage] {
        try session.run { (connection) throws(SQLiteError) in
            try connection.messages(query, after: key, limit: min(limit, StoreLimits.pageMax))
        }
    }

    /// How many messages a customer has not read.
    public func unreadCount(of customer: String) throws(StoreError) -> Int {
        try session.run { (connection) throws(SQLiteError) in
            try connection.unreadCount(of: customer)
        }
    }

    /// A refund leg.
    public func refund(_ id: RefundID) throws(StoreError) -> RefundLeg? {
        try session.run { (connection) throws(SQLiteError) in try connection.refund(id) }
    }

    /// Refund legs, newest first; the page after (that is, older than) a key.
    public func refunds(
        _ query: RefundQuery, after key: RefundID? = nil, limit: Int
    ) throws(StoreError) -> [RefundLeg] {
        try session.run { (connection) throws(SQLiteError) in
            try connection.refunds(query, before: key, limit: min(limit, StoreLimits.pageMax))
        }
    }

    /// What the shop owes, with its parts.
    public func obligation(_ id: ObligationID) throws(StoreError) -> Obligation? {
        try session.run { (connection) throws(SQLiteError) in try connection.obligation(id) }
    }

    /// All the shop owes for an order, oldest first.
    public func obligations(of order: OrderID) throws(StoreError) -> [Obligation] {
        try session.run { (connection) throws(SQLiteError) in
            try connection.obligations(of: order)
        }
    }

    /// Incidents nobody has resolved, oldest first, after an id.
    public func openIncidents(
        after id: Int64 = 0, limit: Int
    ) throws(StoreError) -> [Incident] {
        try session.run { (connection) throws(SQLiteError) in
            try connection.openIncidents(after: id, limit: min(limit, StoreLimits.pageMax))
        }
    }
}
