// SPDX-License-Identifier: Apache-2.0

import Aftersales
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
