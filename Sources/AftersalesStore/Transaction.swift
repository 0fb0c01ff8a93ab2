// SPDX-License-Identifier: Apache-2.0

public import Aftersales
import SQLite

/// The state a mutation decides upon and changes: what is committed and what calls before it in
/// the same batch did.
public struct Transaction: ~Copyable, Reading {
    /// What reads and writes; of no use outside of the store.
    public let session: Session

    init(_ session: Session) {
        self.session = session
    }

    /// When this call is taken to happen, read once.
    public var now: Instant { session.now }

    /// The sequence number the next event gets.
    public func nextSequence() throws(StoreError) -> Int64 {
        try session.run { (_) throws(SQLiteError) in try session.openChain().seq + 1 }
    }

    /// Adds events to the log, in order.
    public func append(_ events: [EventRow]) throws(StoreError) {
        try session.run { (_) throws(SQLiteError) in
            for event in events { try session.append(event) }
        }
    }
}
