// SPDX-License-Identifier: Apache-2.0

import CSQLite

extension Connection {
    /// A run-time limit of a connection (sqlite3_limit).
    public struct Limit: RawRepresentable, Sendable, Hashable {
        /// SQLite's number.
        public let rawValue: Int32

        /// Wraps one of SQLite's limit categories.
        public init(rawValue: Int32) { self.rawValue = rawValue }

        /// Bytes of a text, a blob or a row.
        public static let length = Limit(rawValue: SQLITE_LIMIT_LENGTH)
        /// Bytes of an SQL text.
        public static let sqlLength = Limit(rawValue: SQLITE_LIMIT_SQL_LENGTH)
        /// Columns of a table, index, view or result.
        public static let columns = Limit(rawValue: SQLITE_LIMIT_COLUMN)
        /// Databases attached beside the main one.
        public static let attached = Limit(rawValue: SQLITE_LIMIT_ATTACHED)
        /// Numbered parameters of a statement.
        public static let variables = Limit(rawValue: SQLITE_LIMIT_VARIABLE_NUMBER)
        /// Triggers that may start one another.
        public static let triggerDepth = Limit(rawValue: SQLITE_LIMIT_TRIGGER_DEPTH)
        /// Helper threads of a statement.
        public static let workerThreads = Limit(rawValue: SQLITE_LIMIT_WORKER_THREADS)
    }

    /// A switch of a connection (sqlite3_db_config).
    public struct Option: RawRepresentable, Sendable, Hashable {
        /// SQLite's number.
        public let rawValue: Int32

        /// Wraps one of SQLite's on-or-off configuration verbs.
        public init(rawValue: Int32) { self.rawValue = rawValue }

        /// Refuses SQL that can damage the file on purpose.
        public static let defensive = Option(rawValue: SQLITE_DBCONFIG_DEFENSIVE)
        /// Lets functions and virtual tables that are not innocuous run from the schema.
        public static let trustedSchema = Option(rawValue: SQLITE_DBCONFIG_TRUSTED_SCHEMA)
        /// Takes "text" in double quotes for a string where a name is unknown, in statements.
        public static let doubleQuotedStringsInStatements = Option(
            rawValue: SQLITE_DBCONFIG_DQS_DML)
        /// The same, in the schema.
        public static let doubleQuotedStringsInSchema = Option(rawValue: SQLITE_DBCONFIG_DQS_DDL)
    }

    /// Lowers a limit and tells the one now in force.
    @discardableResult
    public func limit(_ limit: Limit, to value: Int32) -> Int32 {
        sqlite3_limit(handle, limit.rawValue, value)
        return sqlite3_limit(handle, limit.rawValue, -1)
    }

    /// Turns a switch and throws unless SQLite then says it is turned.
    public func set(_ option: Option, _ isOn: Bool) throws(SQLiteError) {
        var result: Int32 = -1
        let code = csqlite_db_config(handle, option.rawValue, isOn ? 1 : 0, &result)
        guard code == SQLITE_OK else { throw failure(code) }
        guard result == (isOn ? 1 : 0) else {
            throw SQLiteError(extendedCode: SQLITE_ERROR, message: "a switch did not turn")
        }
    }

    /// The version of the SQLite library that runs, such as `3.40.1`.
    public static var libraryVersion: String { String(cString: sqlite3_libversion()) }

    /// The options the library was compiled with.
    public static var compileOptions: [String] {
        (0...).lazy.map { sqlite3_compileoption_get($0) }
            .prefix { $0 != nil }
            .compactMap { $0.map { String(cString: $0) } }
    }
}
