// SPDX-License-Identifier: Apache-2.0

extension Schema {
    /// Runs of units.
    ///
    /// A run's key names its first unit, so a column of the row under one key speaks of one and the
    /// same unit before and after an UPDATE. Two runs of an order never overlap; together with the
    /// count that an order's trigger checks, they cover its units exactly.
    static let unitTables = """
        CREATE TABLE unit_run (
            order_id INTEGER NOT NULL,
            first INTEGER NOT NULL CHECK (first >= 0),
            count INTEGER NOT NULL CHECK (count >= 1),
            line INTEGER NOT NULL,
            state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 12),
            net INTEGER NOT NULL CHECK (net >= 0),
            tax INTEGER NOT NULL CHECK (tax >= 0),
            shipping_share INTEGER NOT NULL CHECK (shipping_share >= 0),
            refunded INTEGER NOT NULL CHECK (refunded >= 0),
            fee INTEGER NOT NULL CHECK (fee >= 0),
            shipment_id INTEGER REFERENCES shipment,
            delivered_at INTEGER,
            CHECK (refunded + fee <= net + tax),
            PRIMARY KEY (order_id, first),
            FOREIGN KEY (order_id, line) REFERENCES order_line
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER unit_run_insert BEFORE INSERT ON unit_run
        WHEN (SELECT first + count FROM unit_run
                WHERE order_id = NEW.order_id AND first < NEW.first
                ORDER BY first DESC LIMIT 1) > NEW.first
            OR (SELECT first FROM unit_run
                WHERE order_id = NEW.order_id AND first > NEW.first
                ORDER BY first LIMIT 1) < NEW.first + NEW.count
            OR NOT EXISTS (SELECT 1 FROM order_line
                WHERE order_id = NEW.order_id AND line = NEW.line AND first_unit <= NEW.first
                    AND NEW.first + NEW.count <= first_unit + quantity)
        BEGIN SELECT RAISE(ABORT, 'runs lie in their line and never overlap'); END;
        CREATE TRIGGER unit_run_grows BEFORE UPDATE OF count ON unit_run
        WHEN NEW.count > OLD.count
            AND ((SELECT first FROM unit_run
                    WHERE order_id = NEW.order_id AND first > NEW.first
                    ORDER BY first LIMIT 1) < NEW.first + NEW.count
                OR NOT EXISTS (SELECT 1 FROM order_line
                    WHERE order_id = NEW.order_id AND line = NEW.line
                        AND NEW.first + NEW.count <= first_unit + quantity))
        BEGIN SELECT RAISE(ABORT, 'runs lie in their line and never overlap'); END;
        CREATE TRIGGER unit_run_frozen BEFORE UPDATE OF
            order_id, first, line, net, tax, shipping_share ON unit_run
        BEGIN SELECT RAISE(ABORT, 'the money of a unit is frozen at import'); END;
        CREATE TRIGGER unit_run_terminal BEFORE UPDATE OF state ON unit_run
        WHEN OLD.state IN (9, 10, 11, 12) AND NEW.state <> OLD.state
        BEGIN SELECT RAISE(ABORT, 'a unit that is done stays so'); END;
        CREATE TRIGGER unit_run_refunded BEFORE UPDATE OF refunded, fee ON unit_run
        WHEN NEW.refunded < OLD.refunded OR NEW.fee < OLD.fee
        BEGIN SELECT RAISE(ABORT, 'what was claimed of a unit never falls'); END;

        """
}
