// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// How a checkpoint moves the write-ahead log into the database file.
public enum CheckpointMode: Sendable, Hashable {
    /// As much as readers allow, waiting for nobody.
    case passive
    /// All of it, then the log is cut to nothing; readers may prevent it.
    case truncate
}

/// What a checkpoint did.
public struct CheckpointResult: Sendable, Hashable {
    /// Frames in the log.
    public let logFrames: Int
    /// Frames of it that are in the database file now.
    public let movedFrames: Int
    /// A reader was in the way of a complete one.
    public let wasBusy: Bool
}

extension Connection {
    /// Moves the write-ahead log into the database file; a reader in the way is not an error.
    public func checkpoint(_ mode: CheckpointMode) throws(SQLiteError) -> CheckpointResult {
        let verb =
            switch mode {
            case .passive: SQLITE_CHECKPOINT_PASSIVE
            case .truncate: SQLITE_CHECKPOINT_TRUNCATE
            }
        var log: Int32 = 0
        var moved: Int32 = 0
        let code = sqlite3_wal_checkpoint_v2(handle, nil, verb, &log, &moved)
        guard code == SQLITE_OK || code == SQLITE_BUSY else { throw failure(code) }
        return CheckpointResult(
            logFrames: Int(log), movedFrames: Int(moved), wasBusy: code == SQLITE_BUSY)
    }
}
