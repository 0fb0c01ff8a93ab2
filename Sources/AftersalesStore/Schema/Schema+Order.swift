// SPDX-License-Identifier: Apache-2.0

extension Schema {
    /// Orders and their lines.
    ///
    /// `captured` follows the tenders by trigger; `obligated` must equal the obligations' sum, so
    /// the ledger's `sales` account of an order is `captured - obligated`, never negative.
    static let orderTables = """
        CREATE TABLE orders (
            id INTEGER PRIMARY KEY CHECK (id >= 1),
            version INTEGER NOT NULL CHECK (version >= 1),
            external_id TEXT NOT NULL UNIQUE
                CHECK (length(CAST(external_id AS BLOB)) BETWEEN 1 AND 64),
            customer_id TEXT NOT NULL CHECK (length(CAST(customer_id AS BLOB)) BETWEEN 1 AND 64),
            locale TEXT NOT NULL,
            phone TEXT,
            note TEXT NOT NULL,
            currency TEXT NOT NULL CHECK (length(currency) = 3),
            policy_version INTEGER NOT NULL REFERENCES policy,
            placed_at INTEGER NOT NULL,
            imported_at INTEGER NOT NULL,
            shipping_charged INTEGER NOT NULL CHECK (shipping_charged >= 0),
            shipping_refunded INTEGER NOT NULL,
            other_charged INTEGER NOT NULL CHECK (other_charged >= 0),
            other_refunded INTEGER NOT NULL,
            grand_total INTEGER NOT NULL CHECK (grand_total >= 0),
            unit_count INTEGER NOT NULL CHECK (unit_count >= 1),
            captured INTEGER NOT NULL DEFAULT 0,
            obligated INTEGER NOT NULL CHECK (obligated >= 0),
            obligated_without_approval INTEGER NOT NULL,
            is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
            is_canceled INTEGER NOT NULL CHECK (is_canceled IN (0, 1)),
            CHECK (obligated <= captured),
            CHECK (obligated_without_approval BETWEEN 0 AND obligated),
            CHECK (shipping_refunded BETWEEN 0 AND shipping_charged),
            CHECK (other_refunded BETWEEN 0 AND other_charged),
            CHECK (NOT (is_open AND is_canceled))
        ) STRICT;
        CREATE INDEX orders_by_customer ON orders (customer_id, placed_at, id);
        CREATE INDEX orders_open ON orders (customer_id, placed_at, id) WHERE is_open = 1;
        CREATE INDEX orders_canceled ON orders (customer_id, placed_at, id) WHERE is_canceled = 1;

        CREATE TRIGGER orders_begin_unpaid BEFORE INSERT ON orders
        WHEN NEW.captured <> 0 OR NEW.obligated <> 0
        BEGIN SELECT RAISE(ABORT, 'an order begins without money'); END;
        CREATE TRIGGER orders_frozen BEFORE UPDATE OF
            id, external_id, customer_id, locale, note, currency, policy_version, placed_at,
            imported_at, shipping_charged, other_charged, grand_total, unit_count
        ON orders
        BEGIN SELECT RAISE(ABORT, 'an order keeps what was imported'); END;
        CREATE TRIGGER orders_are_kept BEFORE DELETE ON orders
        BEGIN SELECT RAISE(ABORT, 'orders are kept'); END;
        CREATE TRIGGER orders_version BEFORE UPDATE OF version ON orders
        WHEN NEW.version < OLD.version
        BEGIN SELECT RAISE(ABORT, 'a version never falls'); END;
        CREATE TRIGGER orders_captured AFTER UPDATE OF captured ON orders
        WHEN NEW.captured
            <> (SELECT coalesce(sum(captured), 0) FROM tender WHERE order_id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'captured is the sum over the tenders'); END;
        CREATE TRIGGER orders_obligated AFTER UPDATE OF obligated ON orders
        WHEN NEW.obligated
            <> (SELECT coalesce(sum(amount), 0) FROM obligation WHERE order_id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'obligated is the sum over the obligations'); END;
        CREATE TRIGGER orders_units AFTER UPDATE OF version ON orders
        WHEN NEW.unit_count <> (SELECT sum(count) FROM unit_run WHERE order_id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'the runs of an order cover its units'); END;

        CREATE TABLE order_line (
            order_id INTEGER NOT NULL REFERENCES orders,
            line INTEGER NOT NULL CHECK (line BETWEEN 0 AND 1999),
            line_id TEXT NOT NULL CHECK (length(CAST(line_id AS BLOB)) BETWEEN 1 AND 64),
            sku TEXT NOT NULL CHECK (length(CAST(sku AS BLOB)) BETWEEN 1 AND 64),
            title TEXT NOT NULL,
            kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
            seller_id TEXT CHECK (length(CAST(seller_id AS BLOB)) BETWEEN 1 AND 64),
            quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 1000000),
            first_unit INTEGER NOT NULL CHECK (first_unit >= 0),
            unit_list_price INTEGER NOT NULL CHECK (unit_list_price >= 0),
            bundle_id TEXT,
            bundle_group TEXT CHECK (bundle_group IS NULL OR bundle_id IS NOT NULL),
            PRIMARY KEY (order_id, line),
            UNIQUE (order_id, line_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER order_line_is_frozen BEFORE UPDATE ON order_line
        BEGIN SELECT RAISE(ABORT, 'a line never changes'); END;
        CREATE TRIGGER order_line_is_kept BEFORE DELETE ON order_line
        BEGIN SELECT RAISE(ABORT, 'a line is kept'); END;

        """
}
