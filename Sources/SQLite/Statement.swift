// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// One use of a prepared statement: bind, step, read; given back, reset and emptied at its end.
///
/// Values are bound in the order of the statement's question marks. A bind that fails is thrown by
/// the first ``step()``.
@safe
public struct Statement: ~Copyable {
    private let statement: OpaquePointer
    private let connection: Connection
    private let sql: StaticString
    private var bound: Int32 = 0
    private var bindFailure: Int32 = SQLITE_OK
    private var isStepped = false

    init(statement: OpaquePointer, connection: Connection, sql: StaticString) {
        self.statement = statement
        self.connection = connection
        self.sql = sql
    }

    deinit {
        sqlite3_reset(statement)
        if bound > 0 { sqlite3_clear_bindings(statement) }
    }

    // MARK: Bind

    /// Binds the next parameter to an integer, or to NULL.
    public mutating func bind(_ value: Int64?) {
        bound += 1
        guard let value else { return note(sqlite3_bind_null(statement, bound)) }
        note(sqlite3_bind_int64(statement, bound, value))
    }

    /// Binds the next parameter to an integer.
    public mutating func bind(_ value: Int) {
        bound += 1
        note(sqlite3_bind_int64(statement, bound, Int64(value)))
    }

    /// Binds the next parameter to 1 or 0.
    public mutating func bind(_ value: Bool) {
        bound += 1
        note(sqlite3_bind_int64(statement, bound, value ? 1 : 0))
    }

    /// Binds the next parameter to a text, or to NULL; SQLite keeps a copy.
    public mutating func bind(_ value: String?) {
        bound += 1
        guard var value else { return note(sqlite3_bind_null(statement, bound)) }
        let index = bound
        let statement = statement
        note(
            value.withUTF8 { utf8 in
                // An empty buffer may have no address, which would bind NULL.
                guard let address = utf8.baseAddress else {
                    return csqlite_bind_text(statement, index, "", 0)
                }
                return csqlite_bind_text(statement, index, address, UInt64(utf8.count))
            })
    }

    /// Binds the next parameter to bytes; SQLite keeps a copy.
    public mutating func bind(_ value: [UInt8]) {
        bound += 1
        let index = bound
        let statement = statement
        note(
            value.withUnsafeBytes { bytes in
                guard let address = bytes.baseAddress, !bytes.isEmpty else {
                    return sqlite3_bind_zeroblob(statement, index, 0)
                }
                return csqlite_bind_blob(statement, index, address, UInt64(bytes.count))
            })
    }

    private mutating func note(_ code: Int32) {
        if bindFailure == SQLITE_OK { bindFailure = code }
    }

    // MARK: Step

    /// Goes to the next row; false when there is none.
    public mutating func step() throws(SQLiteError) -> Bool {
        if !isStepped { try begin() }
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw connection.failure(code)
        }
    }

    /// Runs a statement that returns no row.
    public consuming func run() throws(SQLiteError) {
        while try step() {}
    }

    private mutating func begin() throws(SQLiteError) {
        isStepped = true
        guard bindFailure == SQLITE_OK else { throw connection.failure(bindFailure) }
        if let hook = connection.beforeStatement, let code = hook(sql) {
            throw SQLiteError(extendedCode: code, message: "injected")
        }
    }

    // MARK: Read

    /// The integer in a column from 0; 0 where it is NULL.
    public borrowing func int64(_ column: Int32) -> Int64 {
        sqlite3_column_int64(statement, column)
    }

    /// The integer in a column from 0; 0 where it is NULL.
    public borrowing func int(_ column: Int32) -> Int {
        Int(sqlite3_column_int64(statement, column))
    }

    /// Whether the integer in a column is not 0.
    public borrowing func bool(_ column: Int32) -> Bool {
        sqlite3_column_int64(statement, column) != 0
    }

    /// The text in a column; empty where it is NULL.
    public borrowing func text(_ column: Int32) -> String {
        guard let text = sqlite3_column_text(statement, column) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }

    /// The bytes in a column; none where it is NULL.
    public borrowing func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        let count = Int(sqlite3_column_bytes(statement, column))
        return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Whether a column is NULL.
    public borrowing func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(statement, column) == SQLITE_NULL
    }

    /// The integer in a column, nil where it is NULL.
    public borrowing func optionalInt64(_ column: Int32) -> Int64? {
        isNull(column) ? nil : int64(column)
    }

    /// The text in a column, nil where it is NULL.
    public borrowing func optionalText(_ column: Int32) -> String? {
        isNull(column) ? nil : text(column)
    }
}

extension Connection {
    /// Begins a use of the statement with this text, prepared at its first use and kept.
    ///
    /// The same text must not be in use already: a second use inside the first would disturb it.
    public func statement(_ sql: StaticString) throws(SQLiteError) -> Statement {
        let key = UnsafeRawPointer(sql.utf8Start)
        if let statement = prepared[key] {
            precondition(sqlite3_stmt_busy(statement) == 0, "a statement is used inside itself")
            return Statement(statement: statement, connection: self, sql: sql)
        }
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(
            handle, UnsafeRawPointer(sql.utf8Start).assumingMemoryBound(to: CChar.self),
            Int32(sql.utf8CodeUnitCount), UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw failure(code) }
        prepared[key] = statement
        return Statement(statement: statement, connection: self, sql: sql)
    }
}
