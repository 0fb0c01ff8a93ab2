// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite

extension Connection {
    func insert(_ message: MessageDraft, id: MessageID, at now: Instant) throws(SQLiteError) {
        var row = try statement(
            """
            INSERT INTO message (id, customer_id, order_id, kind, title, text, posted_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        row.bind(id.value)
        row.bind(message.customerID)
        row.bind(message.orderID.value)
        row.bind(message.kind.rawValue)
        row.bind(message.title)
        row.bind(message.text)
        row.bind(now.microseconds)
        try row.run()
    }

    func message(_ id: MessageID) throws(SQLiteError) -> StoredMessage? {
        var row = try statement(
            """
            SELECT id, customer_id, order_id, kind, title, text, posted_at, read_at
            FROM message WHERE id = ?
            """)
        row.bind(id.value)
        return try row.step() ? Self.message(in: row) : nil
    }

    /// Unread first, then newest first.
    func messages(
        _ query: MessageQuery, after key: MessageKey?, limit: Int
    ) throws(SQLiteError) -> [StoredMessage] {
        var row = try statement(
            """
            SELECT id, customer_id, order_id, kind, title, text, posted_at, read_at
            FROM message INDEXED BY message_by_customer
            WHERE customer_id = ?1 AND is_unread >= ?2 AND (is_unread, id) < (?3, ?4)
                AND (?5 IS NULL OR order_id = ?5)
            ORDER BY is_unread DESC, id DESC LIMIT ?6
            """)
        row.bind(query.customerID)
        row.bind(query.unreadOnly ? 1 : 0)
        row.bind(key.map { $0.isUnread ? 1 : 0 } ?? 2)
        row.bind(key?.id.value ?? 0)
        row.bind(query.orderID?.value)
        row.bind(limit)
        var messages: [StoredMessage] = []
        while try row.step() { messages.append(try Self.message(in: row)) }
        return messages
    }

    func unreadCount(of customer: String) throws(SQLiteError) -> Int {
        var row = try statement(
            "SELECT count(*) FROM message WHERE customer_id = ? AND is_unread = 1")
        row.bind(customer)
        return try row.step() ? row.int(0) : 0
    }

    func markRead(_ id: MessageID, at now: Instant) throws(SQLiteError) {
        var row = try statement(
            "UPDATE message SET is_unread = 0, read_at = ? WHERE id = ? AND is_unread = 1")
        row.bind(now.microseconds)
        row.bind(id.value)
        try row.run()
    }

    private static func message(in row: borrowing Statement) throws(SQLiteError) -> StoredMessage {
        guard let kind = MessageKind(rawValue: row.int(3)) else {
            throw .unreadable("message.kind")
        }
        let draft = MessageDraft(
            kind: kind, customerID: row.text(1), orderID: OrderID(row.int64(2)),
            title: row.text(4), text: row.text(5))
        return StoredMessage(
            id: MessageID(row.int64(0)), content: draft,
            postedAt: Instant(microseconds: row.int64(6)),
            readAt: row.optionalInt64(7).map { Instant(microseconds: $0) })
    }
}
