// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite

extension Connection {
    /// Keys of a customer's orders, newest first, after a key.
    func orderKeys(
        of customer: String, in view: OrderListView, after key: OrderKey?, limit: Int
    ) throws(SQLiteError) -> [OrderKey] {
        var row =
            switch view {
            case .all:
                try statement(
                    """
                    SELECT placed_at, id FROM orders INDEXED BY orders_by_customer
                    WHERE customer_id = ? AND (placed_at, id) < (?, ?)
                    ORDER BY placed_at DESC, id DESC LIMIT ?
                    """)
            case .open:
                try statement(
                    """
                    SELECT placed_at, id FROM orders INDEXED BY orders_open
                    WHERE is_open = 1 AND customer_id = ? AND (placed_at, id) < (?, ?)
                    ORDER BY placed_at DESC, id DESC LIMIT ?
                    """)
            case .canceled:
                try statement(
                    """
                    SELECT placed_at, id FROM orders INDEXED BY orders_canceled
                    WHERE is_canceled = 1 AND customer_id = ? AND (placed_at, id) < (?, ?)
                    ORDER BY placed_at DESC, id DESC LIMIT ?
                    """)
            }
        row.bind(customer)
        row.bind(key?.placedAt.microseconds ?? .max)
        row.bind(key?.id.value ?? .max)
        row.bind(limit)
        var keys: [OrderKey] = []
        while try row.step() {
            keys.append(
                OrderKey(
                    placedAt: Instant(microseconds: row.int64(0)), id: OrderID(row.int64(1))))
        }
        return keys
    }
}
