// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite

/// A connection with what has been learned through it; used by one thread at a time.
public final class Session {
    let connection: Connection
    /// Versions seen so far; a version never changes.
    var policies: [Int64: Policy] = [:]
    /// The first failure of the engine since ``begin(at:)``, whatever a body made of it.
    private(set) var failure: StoreError?
    /// When the running call is taken to happen.
    private(set) var now = Instant(microseconds: 0)
    /// The end of the log, once it was asked for in the running transaction.
    var chain: EventChain?

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// Begins a call.
    func begin(at now: Instant) {
        failure = nil
        self.now = now
    }

    /// Forgets what a transaction that was rolled back taught.
    func forget() {
        chain = nil
        policies.removeAll()
    }

    /// Runs SQL, keeps its failure and turns it into the store's own error.
    func run<Value>(
        _ body: (Connection) throws(SQLiteError) -> Value
    ) throws(StoreError) -> Value {
        do throws(SQLiteError) {
            return try body(connection)
        } catch {
            let error = StoreError(error)
            failure = failure ?? error
            throw error
        }
    }
}
