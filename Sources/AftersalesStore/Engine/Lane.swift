// SPDX-License-Identifier: Apache-2.0

import SQLite
import Synchronization

/// A reader that one thread at a time uses.
final class Lane: Sendable {
    private let session: Mutex<Session?>

    init(_ session: sending Session) {
        self.session = Mutex(session)
    }

    /// Runs one read in one transaction; what runs past the deadline fails.
    func read<Value: Sendable>(
        until deadline: ContinuousClock.Instant?, _ body: (borrowing Snapshot) throws -> Value
    ) throws -> Value {
        let value = try session.withLockIfAvailable { session throws -> Value in
            guard let session else { throw StoreError.closed }
            session.connection.deadline = deadline
            try session.run { (connection) throws(SQLiteError) in
                try connection.statement("BEGIN").run()
            }
            defer {
                session.connection.deadline = nil
                // A read has nothing to undo; the next BEGIN tells if this could not end.
                try? session.run { (connection) throws(SQLiteError) in
                    try connection.statement("COMMIT").run()
                }
            }
            return try body(Snapshot(session))
        }
        guard let value else { preconditionFailure("two threads read on one lane") }
        return value
    }

    /// Waits for the read that is on and closes the reader.
    func close() {
        session.withLock { session in
            session?.connection.close()
            session = nil
        }
    }
}
