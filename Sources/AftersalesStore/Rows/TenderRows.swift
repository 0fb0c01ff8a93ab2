// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite

/// What moved on a tender; the raw value is stored and never changes meaning.
private enum TransferKind: Int {
    case authorize = 1
    case capture = 2
    case void = 3
    case release = 4
}

extension Connection {
    /// An order's tenders in import order, each with the sums over its refund legs.
    func tenders(of order: OrderID) throws(SQLiteError) -> [Tender] {
        var row = try statement(
            """
            SELECT id, version, external_id, class, channel, institution, token, brand, last4,
                amount, authorized, captured, captured_at, released, state,
                (SELECT coalesce(sum(amount), 0) FROM refund_leg
                    WHERE tender_id = tender.id AND state IN (1, 2, 3, 4, 5, 8)),
                (SELECT coalesce(sum(amount), 0) FROM refund_leg
                    WHERE tender_id = tender.id AND state = 6)
            FROM tender WHERE order_id = ?
            """)
        row.bind(order.value)
        var tenders: [Tender] = []
        while try row.step() { tenders.append(try Self.tender(in: row)) }
        // The index gives them by external id; their ids are in import order.
        tenders.sort { $0.id < $1.id }
        return tenders
    }

    private static func tender(in row: borrowing Statement) throws(SQLiteError) -> Tender {
        guard let tenderClass = TenderClass(rawValue: row.int(3)),
            let channel = TenderChannel(rawValue: row.int(4)),
            let state = TenderState(rawValue: row.int(14))
        else { throw .unreadable("tender.class, channel or state") }
        return Tender(
            id: TenderID(row.int64(0)), version: row.int64(1), externalID: row.text(2),
            tenderClass: tenderClass, channel: channel, institution: row.text(5),
            token: row.text(6), brand: row.text(7), last4: row.text(8), amount: row.int64(9),
            authorized: row.int64(10), captured: row.int64(11),
            capturedAt: row.optionalInt64(12).map { Instant(microseconds: $0) },
            released: row.int64(13), state: state, refundPending: row.int64(15),
            refundSettled: row.int64(16))
    }

    func orderID(of tender: TenderID) throws(SQLiteError) -> OrderID? {
        var row = try statement("SELECT order_id FROM tender WHERE id = ?")
        row.bind(tender.value)
        return try row.step() ? OrderID(row.int64(0)) : nil
    }

    /// Writes new and changed tenders and what moved on them; refunds change no tender's row.
    func saveTenders(
        of order: OrderID, from before: [Tender], to after: [Tender], at now: Instant
    ) throws(SQLiteError) {
        for (index, tender) in after.enumerated() {
            guard index < before.count else {
                try insert(tender, of: order)
                try insertTransfers(of: order, from: nil, to: tender, at: now)
                continue
            }
            var old = before[index]
            old.refundPending = tender.refundPending
            old.refundSettled = tender.refundSettled
            guard old != tender else { continue }
            try update(tender)
            try insertTransfers(of: order, from: old, to: tender, at: now)
        }
    }

    private func insert(_ tender: Tender, of order: OrderID) throws(SQLiteError) {
        var row = try statement(
            """
            INSERT INTO tender (id, order_id, version, external_id, class, channel, institution,
                token, brand, last4, amount, authorized, captured, captured_at, released, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        row.bind(tender.id.value)
        row.bind(order.value)
        row.bind(tender.version)
        row.bind(tender.externalID)
        row.bind(tender.tenderClass.rawValue)
        row.bind(tender.channel.rawValue)
        row.bind(tender.institution)
        row.bind(tender.token)
        row.bind(tender.brand)
        row.bind(tender.last4)
        row.bind(tender.amount)
        row.bind(tender.authorized)
        row.bind(tender.captured)
        row.bind(tender.capturedAt?.microseconds)
        row.bind(tender.released)
        row.bind(tender.state.rawValue)
        try row.run()
    }

    private func update(_ tender: Tender) throws(SQLiteError) {
        var row = try statement(
            """
            UPDATE tender SET version = ?, authorized = ?, captured = ?, captured_at = ?,
                released = ?, state = ?
            WHERE id = ?
            """)
        row.bind(tender.version)
        row.bind(tender.authorized)
        row.bind(tender.captured)
        row.bind(tender.capturedAt?.microseconds)
        row.bind(tender.released)
        row.bind(tender.state.rawValue)
        row.bind(tender.id.value)
        try row.run()
    }

    private func insertTransfers(
        of order: OrderID, from old: Tender?, to new: Tender, at now: Instant
    ) throws(SQLiteError) {
        let isOver = new.state == .voided || new.state == .expired
        let wasOver = old?.state == .voided || old?.state == .expired
        let left = max(0, new.authorized - new.captured - new.released)
        let movements: [(TransferKind, Int64)] = [
            (.authorize, new.authorized - (old?.authorized ?? 0)),
            (.capture, new.captured - (old?.captured ?? 0)),
            (.release, new.released - (old?.released ?? 0)),
            (.void, isOver && !wasOver ? left : 0),
        ]
        for (kind, amount) in movements where amount > 0 {
            var row = try statement(
                """
                INSERT INTO transfer (order_id, tender_id, kind, amount, occurred_at)
                VALUES (?, ?, ?, ?, ?)
                """)
            row.bind(order.value)
            row.bind(new.id.value)
            row.bind(kind.rawValue)
            row.bind(amount)
            row.bind(now.microseconds)
            try row.run()
        }
    }
}
