// SPDX-License-Identifier: Apache-2.0

extension Schema {
    /// The log of events, chained by hash, and the stored replies.
    ///
    /// The seq of an event is 1 more than the last; the first one's prev_hash is 32 zero bytes.
    static let logTables = """
        CREATE TABLE event (
            seq INTEGER PRIMARY KEY,
            aggregate_kind INTEGER NOT NULL CHECK (aggregate_kind BETWEEN 1 AND 5),
            aggregate_id INTEGER NOT NULL,
            version INTEGER NOT NULL CHECK (version >= 1),
            type TEXT NOT NULL,
            occurred_at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            policy_version INTEGER NOT NULL,
            payload BLOB NOT NULL,
            prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            UNIQUE (aggregate_kind, aggregate_id, version)
        ) STRICT;
        CREATE TRIGGER event_is_chained BEFORE INSERT ON event
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
            OR NEW.prev_hash IS NOT coalesce(
                (SELECT hash FROM event WHERE seq = NEW.seq - 1), zeroblob(32))
        BEGIN SELECT RAISE(ABORT, 'an event follows the last one'); END;
        CREATE TRIGGER event_is_frozen BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'an event never changes'); END;
        CREATE TRIGGER event_is_kept BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'an event is kept'); END;

        CREATE TABLE request_key (
            method TEXT NOT NULL,
            request_id TEXT NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            reply BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (method, request_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER request_key_is_frozen BEFORE UPDATE ON request_key
        BEGIN SELECT RAISE(ABORT, 'a stored reply never changes'); END;

        """
}
