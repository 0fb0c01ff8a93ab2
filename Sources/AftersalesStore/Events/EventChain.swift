// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Digest
import SQLite

/// The end of the log: what the next event is chained to.
struct EventChain {
    var seq: Int64
    var hash: [UInt8]

    /// Before the first event.
    static let empty = EventChain(seq: 0, hash: [UInt8](repeating: 0, count: SHA256.byteCount))

    /// The hash of the event that follows: SHA-256 over this hash and the event's canonical bytes.
    func hash(following event: EventRow, seq: Int64) -> [UInt8] {
        var digest = SHA256()
        digest.update(hash.span)
        digest.update(event.canonicalBytes(seq: seq).span)
        return digest.finish()
    }
}

extension EventRow {
    /// The event as hashed: numbers as 8 bytes, big-endian; texts and bytes after their length.
    func canonicalBytes(seq: Int64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(9 * 8 + type.utf8.count + actor.utf8.count + payload.count)
        func put(_ value: Int64) {
            for shift in stride(from: Int64(56), through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: value >> shift))
            }
        }
        put(seq)
        put(Int64(aggregate.kind))
        put(aggregate.number)
        put(version)
        put(occurredAt.microseconds)
        put(policyVersion)
        put(Int64(type.utf8.count))
        bytes.append(contentsOf: type.utf8)
        put(Int64(actor.utf8.count))
        bytes.append(contentsOf: actor.utf8)
        put(Int64(payload.count))
        bytes.append(contentsOf: payload)
        return bytes
    }
}

extension Session {
    /// The end of the log, read once in a transaction.
    func openChain() throws(SQLiteError) -> EventChain {
        if let chain { return chain }
        var last = try connection.statement(
            "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1")
        let found = try last.step() ? EventChain(seq: last.int64(0), hash: last.bytes(1)) : .empty
        chain = found
        return found
    }

    /// Adds one event after the last.
    func append(_ event: EventRow) throws(SQLiteError) {
        let last = try openChain()
        let next = EventChain(
            seq: last.seq + 1, hash: last.hash(following: event, seq: last.seq + 1))
        var insert = try connection.statement(
            """
            INSERT INTO event (seq, aggregate_kind, aggregate_id, version, type, occurred_at,
                actor, policy_version, payload, prev_hash, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        insert.bind(next.seq)
        insert.bind(event.aggregate.kind)
        insert.bind(event.aggregate.number)
        insert.bind(event.version)
        insert.bind(event.type)
        insert.bind(event.occurredAt.microseconds)
        insert.bind(event.actor)
        insert.bind(event.policyVersion)
        insert.bind(event.payload)
        insert.bind(last.hash)
        insert.bind(next.hash)
        try insert.run()
        chain = next
    }
}
