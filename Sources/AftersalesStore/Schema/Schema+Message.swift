// SPDX-License-Identifier: Apache-2.0

extension Schema {
    /// The Message Center and what somebody has to look at.
    static let deskTables = """
        CREATE TABLE message (
            id INTEGER PRIMARY KEY,
            customer_id TEXT NOT NULL CHECK (length(CAST(customer_id AS BLOB)) BETWEEN 1 AND 64),
            order_id INTEGER NOT NULL REFERENCES orders,
            kind INTEGER NOT NULL CHECK (kind >= 1),
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            posted_at INTEGER NOT NULL,
            is_unread INTEGER NOT NULL DEFAULT 1 CHECK (is_unread IN (0, 1)),
            read_at INTEGER,
            CHECK (is_unread = (read_at IS NULL))
        ) STRICT;
        CREATE INDEX message_by_customer ON message (customer_id, is_unread);
        CREATE TRIGGER message_frozen BEFORE UPDATE OF
            id, customer_id, order_id, kind, title, text, posted_at ON message
        BEGIN SELECT RAISE(ABORT, 'a message never changes'); END;
        CREATE TRIGGER message_is_kept BEFORE DELETE ON message
        BEGIN SELECT RAISE(ABORT, 'messages are kept'); END;

        CREATE TABLE incident (
            id INTEGER PRIMARY KEY,
            kind INTEGER NOT NULL CHECK (kind >= 1),
            order_id INTEGER NOT NULL,
            line INTEGER NOT NULL,
            first INTEGER NOT NULL,
            count INTEGER NOT NULL CHECK (count >= 1),
            opened_at INTEGER NOT NULL,
            resolved_at INTEGER,
            FOREIGN KEY (order_id, line) REFERENCES order_line
        ) STRICT;
        CREATE INDEX incident_open ON incident (id) WHERE resolved_at IS NULL;
        CREATE TRIGGER incident_is_kept BEFORE DELETE ON incident
        BEGIN SELECT RAISE(ABORT, 'incidents are kept'); END;

        """
}
