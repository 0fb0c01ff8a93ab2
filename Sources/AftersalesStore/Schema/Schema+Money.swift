// SPDX-License-Identifier: Apache-2.0

extension Schema {
    /// Tenders and what moved on them.
    static let moneyTables = """
        CREATE TABLE tender (
            id INTEGER PRIMARY KEY CHECK (id >= 1),
            order_id INTEGER NOT NULL REFERENCES orders,
            version INTEGER NOT NULL CHECK (version >= 1),
            external_id TEXT NOT NULL CHECK (length(CAST(external_id AS BLOB)) BETWEEN 1 AND 64),
            class INTEGER NOT NULL CHECK (class BETWEEN 1 AND 7),
            channel INTEGER NOT NULL CHECK (channel IN (1, 2)),
            institution TEXT NOT NULL,
            token TEXT NOT NULL,
            brand TEXT NOT NULL,
            last4 TEXT NOT NULL CHECK (length(last4) <= 4),
            amount INTEGER NOT NULL CHECK (amount >= 0),
            authorized INTEGER NOT NULL CHECK (authorized >= 0),
            captured INTEGER NOT NULL CHECK (captured >= 0),
            captured_at INTEGER,
            released INTEGER NOT NULL CHECK (released >= 0),
            state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 7),
            UNIQUE (order_id, external_id)
        ) STRICT;
        CREATE TRIGGER tender_begins AFTER INSERT ON tender WHEN NEW.captured > 0
        BEGIN
            UPDATE orders SET captured =
                (SELECT sum(captured) FROM tender WHERE order_id = NEW.order_id)
            WHERE id = NEW.order_id;
        END;
        CREATE TRIGGER tender_captures AFTER UPDATE OF captured ON tender
        WHEN NEW.captured <> OLD.captured
        BEGIN
            UPDATE orders SET captured =
                (SELECT sum(captured) FROM tender WHERE order_id = NEW.order_id)
            WHERE id = NEW.order_id;
        END;
        CREATE TRIGGER tender_frozen BEFORE UPDATE OF
            id, order_id, external_id, class, channel, institution, token, brand, last4, amount
        ON tender
        BEGIN SELECT RAISE(ABORT, 'a tender keeps what was imported'); END;
        CREATE TRIGGER tender_rises BEFORE UPDATE OF version, captured, released ON tender
        WHEN NEW.version < OLD.version OR NEW.captured < OLD.captured
            OR NEW.released < OLD.released
        BEGIN SELECT RAISE(ABORT, 'what a tender captured or released never falls'); END;
        CREATE TRIGGER tender_is_kept BEFORE DELETE ON tender
        BEGIN SELECT RAISE(ABORT, 'tenders are kept'); END;

        CREATE TABLE transfer (
            id INTEGER PRIMARY KEY,
            order_id INTEGER NOT NULL REFERENCES orders,
            tender_id INTEGER NOT NULL REFERENCES tender,
            kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
            amount INTEGER NOT NULL CHECK (amount > 0),
            occurred_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX transfer_by_tender ON transfer (tender_id);
        CREATE TRIGGER transfer_is_frozen BEFORE UPDATE ON transfer
        BEGIN SELECT RAISE(ABORT, 'a transfer never changes'); END;
        CREATE TRIGGER transfer_is_kept BEFORE DELETE ON transfer
        BEGIN SELECT RAISE(ABORT, 'a transfer is kept'); END;

        """

    /// Every movement of money as one list: from, to, amount, phase.
    static let ledgerView = """
        CREATE VIEW ledger (order_id, from_account, to_account, amount, phase, occurred_at) AS
        SELECT order_id, 'sales:' || order_id, 'due:' || order_id, amount, 'posted', created_at
        FROM obligation
        UNION ALL
        SELECT order_id, 'due:' || order_id, 'cash:' || tender_id, amount,
            CASE WHEN state IN (1, 2, 3, 4, 5, 8) THEN 'pending'
                WHEN state = 6 THEN 'posted' ELSE 'void' END,
            created_at
        FROM refund_leg
        UNION ALL
        SELECT order_id, 'cash:' || tender_id, 'sales:' || order_id, amount,
            CASE kind WHEN 1 THEN 'pending' WHEN 2 THEN 'posted' ELSE 'void' END,
            occurred_at
        FROM transfer;

        """
}
