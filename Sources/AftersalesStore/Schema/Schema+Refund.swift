// SPDX-License-Identifier: Apache-2.0

extension Schema {
    /// Obligations and the legs that carry them out.
    ///
    /// An obligation is its parts, each one transfer from `sales` to `due`. A leg is a pending
    /// transfer from `due` to the tender's `cash`: its amount and accounts never change, its phase
    /// follows its state. States 1-5 and 8 hold the money, 6 has moved it, 13 gave it back.
    static let refundTables = """
        CREATE TABLE obligation (
            obligation_id INTEGER NOT NULL CHECK (obligation_id >= 1),
            part INTEGER NOT NULL CHECK (part >= 0),
            order_id INTEGER NOT NULL REFERENCES orders,
            cause INTEGER NOT NULL CHECK (cause BETWEEN 1 AND 7),
            fault INTEGER NOT NULL CHECK (fault BETWEEN 1 AND 3),
            subject INTEGER NOT NULL CHECK (subject BETWEEN 1 AND 4),
            line INTEGER,
            first INTEGER,
            count INTEGER CHECK (count >= 1),
            amount INTEGER NOT NULL CHECK (amount > 0),
            created_at INTEGER NOT NULL,
            CHECK ((subject = 1) = (line IS NOT NULL)),
            CHECK ((subject = 1) = (first IS NOT NULL)),
            CHECK ((subject = 1) = (count IS NOT NULL)),
            PRIMARY KEY (obligation_id, part)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX obligation_by_order ON obligation (order_id, amount);
        CREATE TRIGGER obligation_spends_sales AFTER INSERT ON obligation
        WHEN (SELECT sum(amount) FROM obligation WHERE order_id = NEW.order_id)
            > (SELECT captured FROM orders WHERE id = NEW.order_id)
        BEGIN SELECT RAISE(ABORT, 'an order owes at most what was captured'); END;
        CREATE TRIGGER obligation_is_frozen BEFORE UPDATE ON obligation
        BEGIN SELECT RAISE(ABORT, 'an obligation never changes'); END;
        CREATE TRIGGER obligation_is_kept BEFORE DELETE ON obligation
        BEGIN SELECT RAISE(ABORT, 'an obligation is kept'); END;

        CREATE TABLE refund_leg (
            id INTEGER PRIMARY KEY CHECK (id >= 1),
            version INTEGER NOT NULL CHECK (version >= 1),
            obligation_id INTEGER NOT NULL,
            order_id INTEGER NOT NULL REFERENCES orders,
            tender_id INTEGER NOT NULL REFERENCES tender,
            customer_id TEXT NOT NULL,
            kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
            amount INTEGER NOT NULL CHECK (amount > 0),
            state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 13),
            created_at INTEGER NOT NULL,
            UNIQUE (obligation_id, tender_id)
        ) STRICT;
        CREATE INDEX refund_leg_by_tender ON refund_leg (tender_id, state, amount);
        CREATE INDEX refund_leg_by_customer ON refund_leg (customer_id);
        CREATE INDEX refund_leg_by_state ON refund_leg (state);
        CREATE TRIGGER refund_leg_reserves BEFORE INSERT ON refund_leg
        WHEN NEW.amount
            + (SELECT coalesce(sum(amount), 0) FROM refund_leg
                WHERE tender_id = NEW.tender_id AND state IN (1, 2, 3, 4, 5, 6, 8))
            > coalesce((SELECT captured FROM tender
                WHERE id = NEW.tender_id AND order_id = NEW.order_id), -1)
        BEGIN SELECT RAISE(ABORT, 'refunds to a tender are at most what it captured'); END;
        CREATE TRIGGER refund_leg_reserves_again BEFORE UPDATE OF state ON refund_leg
        WHEN NEW.state IN (1, 2, 3, 4, 5, 6, 8) AND OLD.state NOT IN (1, 2, 3, 4, 5, 6, 8)
            AND NEW.amount
                + (SELECT coalesce(sum(amount), 0) FROM refund_leg
                    WHERE tender_id = NEW.tender_id AND state IN (1, 2, 3, 4, 5, 6, 8))
                > (SELECT captured FROM tender WHERE id = NEW.tender_id)
        BEGIN SELECT RAISE(ABORT, 'refunds to a tender are at most what it captured'); END;
        CREATE TRIGGER refund_leg_spends_due BEFORE INSERT ON refund_leg
        WHEN NEW.amount
            + (SELECT coalesce(sum(amount), 0) FROM refund_leg
                WHERE obligation_id = NEW.obligation_id AND state <> 13)
            > (SELECT coalesce(sum(amount), 0) FROM obligation
                WHERE obligation_id = NEW.obligation_id AND order_id = NEW.order_id)
        BEGIN SELECT RAISE(ABORT, 'legs carry out at most their obligation'); END;
        CREATE TRIGGER refund_leg_frozen BEFORE UPDATE OF
            id, obligation_id, order_id, tender_id, customer_id, kind, amount, created_at
        ON refund_leg
        BEGIN SELECT RAISE(ABORT, 'a leg keeps its amount and its accounts'); END;
        CREATE TRIGGER refund_leg_terminal BEFORE UPDATE OF version, state ON refund_leg
        WHEN OLD.state = 13 OR NEW.version < OLD.version
        BEGIN SELECT RAISE(ABORT, 'a canceled leg stays so'); END;
        CREATE TRIGGER refund_leg_is_kept BEFORE DELETE ON refund_leg
        BEGIN SELECT RAISE(ABORT, 'legs are kept'); END;

        """
}
