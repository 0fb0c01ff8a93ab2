// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite

extension Connection {
    /// The whole order in three statements: header, lines with their runs, tenders.
    func order(_ id: OrderID) throws(SQLiteError) -> Order? {
        guard var order = try orderHeader(id) else { return nil }
        try loadUnits(of: &order)
        order.tenders = try tenders(of: id)
        return order
    }

    func orderID(external: String) throws(SQLiteError) -> OrderID? {
        var row = try statement("SELECT id FROM orders WHERE external_id = ?")
        row.bind(external)
        return try row.step() ? OrderID(row.int64(0)) : nil
    }

    private func orderHeader(_ id: OrderID) throws(SQLiteError) -> Order? {
        var row = try statement(
            """
            SELECT version, external_id, customer_id, locale, phone, currency, policy_version,
                placed_at, imported_at, shipping_charged, shipping_refunded, other_charged,
                other_refunded, grand_total, obligated, obligated_without_approval, note
            FROM orders WHERE id = ?
            """)
        row.bind(id.value)
        guard try row.step() else { return nil }
        let currency: Currency
        do throws(Rejection) {
            currency = try Currency(code: row.text(5))
        } catch {
            throw .unreadable("orders.currency")
        }
        return Order(
            id: id, version: row.int64(0), externalID: row.text(1), customerID: row.text(2),
            locale: row.text(3), phone: row.optionalText(4), currency: currency,
            policyVersion: row.int64(6), placedAt: Instant(microseconds: row.int64(7)),
            importedAt: Instant(microseconds: row.int64(8)),
            shipping: Bucket(charged: row.int64(9), refunded: row.int64(10)),
            otherCharges: Bucket(charged: row.int64(11), refunded: row.int64(12)),
            grandTotal: row.int64(13), lines: [], runs: [], tenders: [],
            obligated: row.int64(14), obligatedWithoutApproval: row.int64(15),
            note: row.text(16))
    }

    private func loadUnits(of order: inout Order) throws(SQLiteError) {
        var row = try statement(
            """
            SELECT r.first, r.count, r.line, r.state, r.net, r.tax, r.shipping_share, r.refunded,
                r.fee, r.shipment_id, r.delivered_at,
                l.line_id, l.sku, l.title, l.kind, l.seller_id, l.quantity, l.first_unit,
                l.unit_list_price, l.bundle_id, l.bundle_group
            FROM unit_run AS r JOIN order_line AS l ON l.order_id = r.order_id AND l.line = r.line
            WHERE r.order_id = ? ORDER BY r.first
            """)
        row.bind(order.id.value)
        while try row.step() {
            guard let state = UnitState(rawValue: row.int(3)) else {
                throw .unreadable("unit_run.state")
            }
            let line = row.int(2)
            // The runs of a line are neighbours, so a line is new exactly when its number is.
            if line == order.lines.count { order.lines.append(try Self.line(in: row)) }
            order.runs.append(
                UnitRun(
                    line: line, first: row.int(0), count: row.int(1), state: state,
                    net: row.int64(4), tax: row.int64(5), shippingShare: row.int64(6),
                    refunded: row.int64(7), fee: row.int64(8),
                    shipment: row.optionalInt64(9).map { ShipmentID($0) },
                    deliveredAt: row.optionalInt64(10).map { Instant(microseconds: $0) }))
        }
    }

    private static func line(in row: borrowing Statement) throws(SQLiteError) -> OrderLine {
        guard let kind = ItemKind(rawValue: row.int(14)) else {
            throw .unreadable("order_line.kind")
        }
        var bundle: BundleMembership?
        if let bundleID = row.optionalText(19) {
            bundle = BundleMembership(bundleID: bundleID, group: row.optionalText(20))
        }
        return OrderLine(
            lineID: row.text(11), sku: row.text(12), title: row.text(13), kind: kind,
            sellerID: row.optionalText(15), quantity: row.int(16), firstUnit: row.int(17),
            unitListPrice: row.int64(18), bundle: bundle)
    }
}
