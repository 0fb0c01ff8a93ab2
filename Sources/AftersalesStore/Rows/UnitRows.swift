// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite

extension Connection {
    /// Writes what differs between two partitions of an order's units, matched by first unit.
    ///
    /// What goes first makes room for what grows, and what shrinks makes room for what is new.
    func saveRuns(
        of order: OrderID, from before: [UnitRun], to after: [UnitRun]
    ) throws(SQLiteError) {
        var old = before[...]
        var gone: [UnitRun] = []
        var changed: [UnitRun] = []
        var new: [UnitRun] = []
        for run in after {
            while let first = old.first, first.first < run.first { gone.append(old.removeFirst()) }
            if let first = old.first, first.first == run.first {
                old.removeFirst()
                if first != run { changed.append(run) }
            } else {
                new.append(run)
            }
        }
        gone.append(contentsOf: old)
        for run in gone { try delete(run, of: order) }
        for run in changed { try update(run, of: order) }
        for run in new { try insert(run, of: order) }
    }

    private func insert(_ run: UnitRun, of order: OrderID) throws(SQLiteError) {
        var row = try statement(
            """
            INSERT INTO unit_run (order_id, first, count, line, state, net, tax, shipping_share,
                refunded, fee, shipment_id, delivered_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        row.bind(order.value)
        row.bind(run.first)
        row.bind(run.count)
        row.bind(run.line)
        row.bind(run.state.rawValue)
        row.bind(run.net)
        row.bind(run.tax)
        row.bind(run.shippingShare)
        row.bind(run.refunded)
        row.bind(run.fee)
        row.bind(run.shipment?.value)
        row.bind(run.deliveredAt?.microseconds)
        try row.run()
    }

    private func update(_ run: UnitRun, of order: OrderID) throws(SQLiteError) {
        var row = try statement(
            """
            UPDATE unit_run SET count = ?, state = ?, refunded = ?, fee = ?, shipment_id = ?,
                delivered_at = ?
            WHERE order_id = ? AND first = ?
            """)
        row.bind(run.count)
        row.bind(run.state.rawValue)
        row.bind(run.refunded)
        row.bind(run.fee)
        row.bind(run.shipment?.value)
        row.bind(run.deliveredAt?.microseconds)
        row.bind(order.value)
        row.bind(run.first)
        try row.run()
    }

    private func delete(_ run: UnitRun, of order: OrderID) throws(SQLiteError) {
        var row = try statement("DELETE FROM unit_run WHERE order_id = ? AND first = ?")
        row.bind(order.value)
        row.bind(run.first)
        try row.run()
    }
}
