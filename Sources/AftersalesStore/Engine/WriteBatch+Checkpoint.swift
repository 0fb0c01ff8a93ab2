// SPDX-License-Identifier: Apache-2.0

import SQLite

/// When the writer moves the log into the database file.
///
/// It is the only connection that does: two connections that write or checkpoint at one moment can
/// damage a file under SQLite before 3.51.3.
struct CheckpointPlan {
    /// A frame is a page of 4,096 bytes and its header of 24.
    static let frameBytes = 4_120

    /// Frames that were moved and are still in the log.
    private(set) var moved = 0

    /// What to do now that the log has so many frames.
    mutating func next(logFrames: Int, isIdle: Bool) -> CheckpointMode? {
        // A reset log begins anew.
        if logFrames < moved { moved = 0 }
        let waiting = logFrames - moved
        if waiting >= StoreLimits.checkpointFrames || (isIdle && waiting > 0) {
            return logFrames * Self.frameBytes >= StoreLimits.logBytesMax ? .truncate : .passive
        }
        return nil
    }

    /// Takes note of what a checkpoint did.
    mutating func note(_ result: CheckpointResult) {
        moved = result.movedFrames
    }
}

extension WriteBatch {
    /// Moves the log when it has grown, or when the writer is idle and there is anything to move.
    public func checkpointIfDue(isIdle: Bool) throws(StoreError) {
        guard let mode = plan.next(logFrames: session.connection.logFrames, isIdle: isIdle)
        else { return }
        let result = try session.run { (connection) throws(SQLiteError) in
            try connection.checkpoint(mode)
        }
        plan.note(result)
    }

    /// Moves the whole log and cuts it, then closes the connection; the last thing to happen.
    func close() throws(StoreError) {
        defer { session.connection.close() }
        _ = try session.run { (connection) throws(SQLiteError) in
            try connection.checkpoint(.truncate)
        }
    }
}
