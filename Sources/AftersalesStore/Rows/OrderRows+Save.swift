// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite

extension Connection {
    /// Inserts header and lines; units and tenders follow, they refer to these.
    func insertHeader(_ order: Order) throws(SQLiteError) {
        var row = try statement(
            """
            INSERT INTO orders (id, version, external_id, customer_id, locale, phone, currency,
                policy_version, placed_at, imported_at, shipping_charged, shipping_refunded,
                other_charged, other_refunded, grand_total, unit_count, obligated,
                obligated_without_approval, note, is_open, is_canceled)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        row.bind(order.id.value)
        row.bind(order.version)
        row.bind(order.externalID)
        row.bind(order.customerID)
        row.bind(order.locale)
        row.bind(order.phone)
        row.bind(order.currency.code)
        row.bind(order.policyVersion)
        row.bind(order.placedAt.microseconds)
        row.bind(order.importedAt.microseconds)
        row.bind(order.shipping.charged)
        row.bind(order.shipping.refunded)
        row.bind(order.otherCharges.charged)
        row.bind(order.otherCharges.refunded)
        row.bind(order.grandTotal)
        row.bind(order.runs.reduce(0) { $0 + $1.count })
        row.bind(order.obligated)
        row.bind(order.obligatedWithoutApproval)
        row.bind(order.note)
        row.bind(order.isInOpenView)
        row.bind(order.isInCanceledView)
        try row.run()
        for (index, line) in order.lines.enumerated() {
            try insert(line, index: index, of: order.id)
        }
    }

    private func insert(
        _ line: OrderLine, index: Int, of order: OrderID
    ) throws(SQLiteError) {
        var row = try statement(
            """
            INSERT INTO order_line (order_id, line, line_id, sku, title, kind, seller_id, quantity,
                first_unit, unit_list_price, bundle_id, bundle_group)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        row.bind(order.value)
        row.bind(index)
        row.bind(line.lineID)
        row.bind(line.sku)
        row.bind(line.title)
        row.bind(line.kind.rawValue)
        row.bind(line.sellerID)
        row.bind(line.quantity)
        row.bind(line.firstUnit)
        row.bind(line.unitListPrice)
        row.bind(line.bundle?.bundleID)
        row.bind(line.bundle?.group)
        try row.run()
    }

    /// Updates the header; comes after units, tenders and obligations, whose sums it is held to.
    func updateHeader(from before: Order, to after: Order) throws(SQLiteError) {
        let flagsChange =
            before.isInOpenView != after.isInOpenView
            || before.isInCanceledView != after.isInCanceledView
        let columnsChange =
            before.version != after.version || before.shipping != after.shipping
            || before.otherCharges != after.otherCharges || before.obligated != after.obligated
            || before.obligatedWithoutApproval != after.obligatedWithoutApproval
        guard flagsChange || columnsChange else { return }
        // Naming the flags rewrites the views' indexes, so they are named only when they turn.
        var row =
            flagsChange
            ? try statement(
                """
                UPDATE orders SET version = ?, shipping_refunded = ?, other_refunded = ?,
                    obligated = ?, obligated_without_approval = ?, is_open = ?, is_canceled = ?
                WHERE id = ? AND version = ?
                """)
            : try statement(
                """
                UPDATE orders SET version = ?, shipping_refunded = ?, other_refunded = ?,
                    obligated = ?, obligated_without_approval = ?
                WHERE id = ? AND version = ?
                """)
        row.bind(after.version)
        row.bind(after.shipping.refunded)
        row.bind(after.otherCharges.refunded)
        row.bind(after.obligated)
        row.bind(after.obligatedWithoutApproval)
        if flagsChange {
            row.bind(after.isInOpenView)
            row.bind(after.isInCanceledView)
        }
        row.bind(after.id.value)
        row.bind(before.version)
        try row.run()
        guard changes == 1 else {
            throw SQLiteError(
                extendedCode: SQLiteError.Code.constraint.rawValue,
                message: "the order changed since it was loaded")
        }
    }
}
