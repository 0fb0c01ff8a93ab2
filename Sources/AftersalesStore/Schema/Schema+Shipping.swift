// SPDX-License-Identifier: Apache-2.0

extension Schema {
    /// Parcels, what carriers said of them, and what the warehouse is asked to do.
    static let shippingTables = """
        CREATE TABLE shipment (
            id INTEGER PRIMARY KEY CHECK (id >= 1),
            version INTEGER NOT NULL CHECK (version >= 1),
            order_id INTEGER NOT NULL REFERENCES orders,
            external_id TEXT NOT NULL UNIQUE
                CHECK (length(CAST(external_id AS BLOB)) BETWEEN 1 AND 64),
            carrier TEXT NOT NULL,
            tracking_number TEXT NOT NULL,
            recall_supported INTEGER NOT NULL CHECK (recall_supported IN (0, 1)),
            state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 9),
            occurred_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX shipment_by_order ON shipment (order_id);
        CREATE TRIGGER shipment_frozen BEFORE UPDATE OF id, order_id, external_id ON shipment
        BEGIN SELECT RAISE(ABORT, 'a shipment keeps its order'); END;
        CREATE TRIGGER shipment_is_kept BEFORE DELETE ON shipment
        BEGIN SELECT RAISE(ABORT, 'shipments are kept'); END;

        CREATE TABLE shipment_event (
            shipment_id INTEGER NOT NULL REFERENCES shipment,
            carrier_event_id TEXT NOT NULL
                CHECK (length(CAST(carrier_event_id AS BLOB)) BETWEEN 1 AND 64),
            state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 9),
            occurred_at INTEGER NOT NULL,
            applied INTEGER NOT NULL CHECK (applied IN (0, 1)),
            reported_at INTEGER NOT NULL,
            PRIMARY KEY (shipment_id, carrier_event_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER shipment_event_is_frozen BEFORE UPDATE ON shipment_event
        BEGIN SELECT RAISE(ABORT, 'what a carrier said never changes'); END;
        CREATE TRIGGER shipment_event_is_kept BEFORE DELETE ON shipment_event
        BEGIN SELECT RAISE(ABORT, 'what a carrier said is kept'); END;

        CREATE TABLE warehouse_task (
            id INTEGER PRIMARY KEY CHECK (id >= 1),
            kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 5),
            order_id INTEGER NOT NULL,
            line INTEGER NOT NULL,
            first INTEGER NOT NULL CHECK (first >= 0),
            count INTEGER NOT NULL CHECK (count >= 1),
            state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4),
            created_at INTEGER NOT NULL,
            lease_token INTEGER,
            leased_until INTEGER,
            CHECK (state <> 2 OR (lease_token IS NOT NULL AND leased_until IS NOT NULL)),
            FOREIGN KEY (order_id, line) REFERENCES order_line
        ) STRICT;
        CREATE INDEX warehouse_task_live ON warehouse_task (id) WHERE state IN (1, 2);
        CREATE INDEX warehouse_task_by_order ON warehouse_task (order_id);
        CREATE TRIGGER warehouse_task_frozen BEFORE UPDATE OF
            id, kind, order_id, line, first, count, created_at ON warehouse_task
        BEGIN SELECT RAISE(ABORT, 'a task keeps what it asks'); END;
        CREATE TRIGGER warehouse_task_terminal BEFORE UPDATE ON warehouse_task
        WHEN OLD.state IN (3, 4)
        BEGIN SELECT RAISE(ABORT, 'a task that is done stays so'); END;
        CREATE TRIGGER warehouse_task_is_kept BEFORE DELETE ON warehouse_task
        BEGIN SELECT RAISE(ABORT, 'tasks are kept'); END;

        """
}
