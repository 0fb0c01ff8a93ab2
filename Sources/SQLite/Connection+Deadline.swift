// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// When the statements of a connection have to be done.
final class StatementDeadline {
    var instant: ContinuousClock.Instant?
}

extension Connection {
    /// Instructions of SQLite's machine between two looks at the clock; well below a millisecond.
    private static let instructionsBetweenLooks: Int32 = 4_096

    /// From now on statements that run past ``deadline`` end with SQLITE_INTERRUPT.
    ///
    /// For readers only: what is interrupted in a transaction that writes undoes all of it.
    public func keepDeadlines() {
        // Proof: the handler is called only by statements of this connection, which owns the
        // deadline and outlives them.
        sqlite3_progress_handler(
            handle, Self.instructionsBetweenLooks,
            { context in
                guard let context else { return 0 }
                let deadline = Unmanaged<StatementDeadline>.fromOpaque(context)
                    .takeUnretainedValue()
                guard let instant = deadline.instant else { return 0 }
                return ContinuousClock.now >= instant ? 1 : 0
            }, Unmanaged.passUnretained(statementDeadline).toOpaque())
    }

    /// When the statements that run have to be done; `nil` for no such instant.
    public var deadline: ContinuousClock.Instant? {
        get { statementDeadline.instant }
        set { statementDeadline.instant = newValue }
    }
}
