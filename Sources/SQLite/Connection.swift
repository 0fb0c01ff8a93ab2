// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// One open database, used by one thread at a time.
///
/// It is not `Sendable`: a `Mutex` or the thread that opened it keeps it. Statements are prepared
/// once for each SQL text and kept until ``close()`` or `deinit`.
public final class Connection {
    /// What a connection may do with the file.
    public enum Mode: Sendable, Hashable {
        /// Reads and writes; the file is made when it is missing.
        case readWriteCreate
        /// Only reads.
        case readOnly
    }

    /// The open database, nil once closed.
    private(set) var handle: OpaquePointer?
    /// Prepared statements by the address of their text, which is a literal.
    var prepared: [UnsafeRawPointer: OpaquePointer] = [:]
    /// Where SQLite leaves the number of frames in the log after each commit.
    private let frames: UnsafeMutablePointer<Int32>
    /// Read by the handler of ``keepDeadlines()``.
    let statementDeadline = StatementDeadline()
    /// Called before the first step of each use of a statement; an error code is thrown instead.
    ///
    /// For tests that count statements or make one fail.
    package var beforeStatement: ((StaticString) -> Int32?)?

    /// Opens a file.
    ///
    /// The connection takes no lock of its own (SQLITE_OPEN_NOMUTEX), never follows a
    /// symbolic link and never reads the path as a URI.
    public init(path: String, mode: Mode) throws(SQLiteError) {
        frames = .allocate(capacity: 1)
        frames.initialize(to: 0)
        let flags =
            switch mode {
            case .readWriteCreate: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            case .readOnly: SQLITE_OPEN_READONLY
            }
        let code = sqlite3_open_v2(
            path, &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK else {
            throw failure(code)
        }
        sqlite3_extended_result_codes(handle, 1)
    }

    deinit {
        close()
        frames.deallocate()
    }

    /// Finalizes the statements and closes the file; every later use fails.
    public func close() {
        for statement in prepared.values { sqlite3_finalize(statement) }
        prepared.removeAll()
        sqlite3_close_v2(handle)
        handle = nil
    }

    /// Runs a script of statements that bind and return nothing.
    public func execute(_ script: String) throws(SQLiteError) {
        let code = sqlite3_exec(handle, script, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code) }
    }

    /// The first column of the first row of one statement, as text; nil when there is no row.
    ///
    /// For pragmas and other rare questions: the statement is not kept.
    public func scalar(_ sql: String) throws(SQLiteError) -> String? {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
        guard code == SQLITE_OK else { throw failure(code) }
        defer { sqlite3_finalize(statement) }
        switch sqlite3_step(statement) {
        case SQLITE_DONE: return nil
        case SQLITE_ROW: return sqlite3_column_text(statement, 0).map { String(cString: $0) }
        case let code: throw failure(code)
        }
    }

    /// The last column of every row of one statement, as text; for query plans in tests.
    package func scalars(_ sql: String) throws(SQLiteError) -> [String] {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
        guard code == SQLITE_OK else { throw failure(code) }
        defer { sqlite3_finalize(statement) }
        var texts: [String] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_DONE: return texts
            case SQLITE_ROW:
                let last = sqlite3_column_count(statement) - 1
                texts.append(sqlite3_column_text(statement, last).map { String(cString: $0) } ?? "")
            case let code: throw failure(code)
            }
        }
    }

    /// True outside of a transaction; also after an error made SQLite roll back by itself.
    public var isAutocommit: Bool { sqlite3_get_autocommit(handle) != 0 }

    /// Rows inserted, changed and deleted since the connection was opened, by triggers too.
    public var totalChanges: Int64 { sqlite3_total_changes64(handle) }

    /// Rows the last INSERT, UPDATE or DELETE changed itself.
    public var changes: Int64 { sqlite3_changes64(handle) }

    /// Frames in the write-ahead log after the last commit of this connection.
    public var logFrames: Int { Int(frames.pointee) }

    /// Has SQLite count the frames of the log for ``logFrames``, and turns its checkpoints off.
    public func countLogFrames() {
        sqlite3_wal_hook(
            handle,
            { context, _, _, frames in
                context?.assumingMemoryBound(to: Int32.self).pointee = frames
                return SQLITE_OK
            }, frames)
    }

    func failure(_ code: Int32) -> SQLiteError {
        guard let handle else {
            return SQLiteError(extendedCode: code, message: String(cString: sqlite3_errstr(code)))
        }
        return SQLiteError(
            extendedCode: code, message: String(cString: sqlite3_errmsg(handle)),
            systemError: sqlite3_system_errno(handle))
    }
}
