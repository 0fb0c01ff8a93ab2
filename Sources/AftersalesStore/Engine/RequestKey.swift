// SPDX-License-Identifier: Apache-2.0

public import Aftersales
import SQLite

/// The stored answer to a call, kept so that a repetition gets the same bytes.
struct RequestKey {
    var digest: [UInt8]
    var reply: [UInt8]
}

extension Connection {
    func requestKey(_ call: Mutation) throws(SQLiteError) -> RequestKey? {
        var key = try statement(
            "SELECT digest, reply FROM request_key WHERE method = ? AND request_id = ?")
        key.bind(call.method)
        key.bind(call.requestID)
        guard try key.step() else { return nil }
        return RequestKey(digest: key.bytes(0), reply: key.bytes(1))
    }

    func storeKey(
        of call: Mutation, reply: [UInt8], at now: Instant
    ) throws(SQLiteError) {
        var insert = try statement(
            """
            INSERT INTO request_key (method, request_id, digest, reply, created_at)
            VALUES (?, ?, ?, ?, ?)
            """)
        insert.bind(call.method)
        insert.bind(call.requestID)
        insert.bind(call.digest)
        insert.bind(reply)
        insert.bind(now.microseconds)
        try insert.run()
    }
}

extension Transaction {
    /// Forgets stored replies older than a time, looking at so many keys after a key.
    ///
    /// Keys have no index by time, which would cost every call a write: a caller goes through them
    /// in steps, when idle, and begins again after the last. Replies about money are kept as long
    /// as the refund, so their methods are not named here.
    ///
    /// - Returns: The key to go on after; nil at the end of the method's keys.
    public func pruneKeys(
        of method: String, olderThan time: Instant, after requestID: String = "", limit: Int
    ) throws(StoreError) -> String? {
        try session.run { (connection) throws(SQLiteError) in
            let keys = try connection.keys(of: method, after: requestID, limit: limit)
            for key in keys where key.createdAt < time {
                try connection.deleteKey(of: method, requestID: key.requestID)
            }
            return keys.count < limit ? nil : keys.last?.requestID
        }
    }
}

extension Connection {
    fileprivate func keys(
        of method: String, after requestID: String, limit: Int
    ) throws(SQLiteError) -> [(requestID: String, createdAt: Instant)] {
        var row = try statement(
            """
            SELECT request_id, created_at FROM request_key WHERE method = ? AND request_id > ?
            ORDER BY request_id LIMIT ?
            """)
        row.bind(method)
        row.bind(requestID)
        row.bind(limit)
        var keys: [(requestID: String, createdAt: Instant)] = []
        while try row.step() {
            keys.append((row.text(0), Instant(microseconds: row.int64(1))))
        }
        return keys
    }

    fileprivate func deleteKey(of method: String, requestID: String) throws(SQLiteError) {
        var row = try statement("DELETE FROM request_key WHERE method = ? AND request_id = ?")
        row.bind(method)
        row.bind(requestID)
        try row.run()
    }
}
