// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite

/// What checking the log found.
public enum ChainVerdict: Sendable, Hashable {
    /// Every event follows from the one before; the last one's number and hash.
    case whole(last: Int64, hash: [UInt8])
    /// The first event that does not follow.
    case broken(at: Int64)
}

extension Reading where Self: ~Copyable {
    /// Events after a sequence number, in order.
    public func events(after seq: Int64, limit: Int) throws(StoreError) -> [StoredEvent] {
        try session.run { (connection) throws(SQLiteError) in
            try connection.events(after: seq, limit: min(limit, StoreLimits.pageMax))
        }
    }

    /// Recomputes the hash chain from the first event to the last.
    public func verifyChain() throws(StoreError) -> ChainVerdict {
        try session.run { (connection) throws(SQLiteError) in
            var last = EventChain.empty
            while true {
                let page = try connection.events(after: last.seq, limit: StoreLimits.pageMax)
                guard !page.isEmpty else { return .whole(last: last.seq, hash: last.hash) }
                for event in page {
                    let seq = last.seq + 1
                    guard event.seq == seq, event.previousHash == last.hash,
                        event.hash == last.hash(following: event.row, seq: seq)
                    else { return .broken(at: seq) }
                    last = EventChain(seq: seq, hash: event.hash)
                }
            }
        }
    }
}

extension Connection {
    fileprivate func events(after seq: Int64, limit: Int) throws(SQLiteError) -> [StoredEvent] {
        var rows = try statement(
            """
            SELECT seq, aggregate_kind, aggregate_id, version, type, occurred_at, actor,
                policy_version, payload, prev_hash, hash
            FROM event WHERE seq > ? ORDER BY seq LIMIT ?
            """)
        rows.bind(seq)
        rows.bind(limit)
        var events: [StoredEvent] = []
        while try rows.step() {
            guard let aggregate = Aggregate(kind: rows.int(1), number: rows.int64(2)) else {
                throw .unreadable("event.aggregate_kind")
            }
            let row = EventRow(
                aggregate: aggregate, version: rows.int64(3), type: rows.text(4),
                occurredAt: Instant(microseconds: rows.int64(5)), actor: rows.text(6),
                policyVersion: rows.int64(7), payload: rows.bytes(8))
            events.append(
                StoredEvent(
                    seq: rows.int64(0), row: row, previousHash: rows.bytes(9),
                    hash: rows.bytes(10)))
        }
        return events
    }
}
