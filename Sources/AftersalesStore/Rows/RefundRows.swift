// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite

extension Connection {
    func insert(_ leg: RefundLeg, customer: String) throws(SQLiteError) {
        var row = try statement(
            """
            INSERT INTO refund_leg (id, version, obligation_id, order_id, tender_id, customer_id,
                kind, amount, state, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        row.bind(leg.id.value)
        row.bind(leg.version)
        row.bind(leg.obligationID.value)
        row.bind(leg.orderID.value)
        row.bind(leg.tenderID.value)
        row.bind(customer)
        row.bind(leg.kind.rawValue)
        row.bind(leg.amount)
        row.bind(leg.state.rawValue)
        row.bind(leg.createdAt.microseconds)
        try row.run()
    }

    func refund(_ id: RefundID) throws(SQLiteError) -> RefundLeg? {
        var row = try statement(
            """
            SELECT id, version, obligation_id, order_id, tender_id, kind, amount, state, created_at
            FROM refund_leg WHERE id = ?
            """)
        row.bind(id.value)
        return try row.step() ? Self.leg(in: row) : nil
    }

    /// Newest first; the order's by its tenders, whose index has them.
    func refunds(
        _ query: RefundQuery, before key: RefundID?, limit: Int
    ) throws(SQLiteError) -> [RefundLeg] {
        var row =
            query.orderID == nil
            ? try statement(
                """
                SELECT id, version, obligation_id, order_id, tender_id, kind, amount, state,
                    created_at
                FROM refund_leg INDEXED BY refund_leg_by_customer
                WHERE customer_id = ?1 AND id < ?2 AND (1 << state) & ?3
                ORDER BY id DESC LIMIT ?4
                """)
            : try statement(
                """
                SELECT id, version, obligation_id, order_id, tender_id, kind, amount, state,
                    created_at
                FROM refund_leg
                WHERE tender_id IN (SELECT id FROM tender WHERE order_id = ?5)
                    AND customer_id = ?1 AND id < ?2 AND (1 << state) & ?3
                ORDER BY id DESC LIMIT ?4
                """)
        row.bind(query.customerID)
        row.bind(key?.value ?? .max)
        row.bind(query.states.isEmpty ? -1 : query.states.reduce(0) { $0 | 1 << $1.rawValue })
        row.bind(limit)
        if let order = query.orderID { row.bind(order.value) }
        var legs: [RefundLeg] = []
        while try row.step() { legs.append(try Self.leg(in: row)) }
        return legs
    }

    private static func leg(in row: borrowing Statement) throws(SQLiteError) -> RefundLeg {
        guard let kind = RefundKind(rawValue: row.int(5)),
            let state = RefundState(rawValue: row.int(7))
        else { throw .unreadable("refund_leg.kind or state") }
        return RefundLeg(
            id: RefundID(row.int64(0)), version: row.int64(1),
            obligationID: ObligationID(row.int64(2)), orderID: OrderID(row.int64(3)),
            tenderID: TenderID(row.int64(4)), kind: kind, amount: row.int64(6), state: state,
            createdAt: Instant(microseconds: row.int64(8)))
    }
}
