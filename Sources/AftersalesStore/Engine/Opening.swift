// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite

/// The steps from a path to a connection that may be trusted.
enum Opening {
    /// A setting, what it is set to and what it must then read as.
    private struct Setting {
        var name: String
        var value: String
        var reads: String
    }

    private static let shared = [
        Setting(name: "journal_mode", value: "WAL", reads: "wal"),
        Setting(name: "foreign_keys", value: "ON", reads: "1"),
        Setting(name: "trusted_schema", value: "OFF", reads: "0"),
        Setting(name: "cell_size_check", value: "ON", reads: "1"),
        Setting(name: "mmap_size", value: "0", reads: "0"),
        Setting(name: "temp_store", value: "MEMORY", reads: "2"),
        Setting(name: "wal_autocheckpoint", value: "0", reads: "0"),
        Setting(name: "busy_timeout", value: "0", reads: "0"),
    ]

    private static let writing = [
        Setting(name: "synchronous", value: "FULL", reads: "2"),
        Setting(name: "journal_size_limit", value: "67108864", reads: "67108864"),
        Setting(name: "cache_size", value: "-8192", reads: "-8192"),
    ]

    private static let reading = [
        Setting(name: "query_only", value: "ON", reads: "1"),
        Setting(name: "cache_size", value: "-2048", reads: "-2048"),
    ]

    /// The writer: recovered, checked to be ours, set, brought to the newest schema, with a policy.
    static func writer(
        path: String, initialPolicy: Policy
    ) throws(StoreOpenError) -> Connection {
        let connection = try sql { () throws(SQLiteError) in
            try Connection(path: path, mode: .readWriteCreate)
        }
        let version = try schemaVersion(connection)
        try guardAgainstMisuse(connection)
        try apply(shared + writing, to: connection)
        connection.countLogFrames()
        try migrate(connection, from: version)
        try sql { () throws(SQLiteError) in
            try connection.execute("BEGIN IMMEDIATE")
            if try connection.currentPolicyVersion() == nil {
                try connection.insert(initialPolicy)
            }
            try connection.execute("COMMIT")
        }
        return connection
    }

    /// A reader, of a file that the writer has open.
    static func reader(path: String) throws(StoreOpenError) -> Connection {
        let connection = try sql { () throws(SQLiteError) in
            try Connection(path: path, mode: .readOnly)
        }
        try guardAgainstMisuse(connection)
        try apply(shared + reading, to: connection)
        connection.keepDeadlines()
        return connection
    }

    /// The file's user_version; throws unless the file is new, or ours and not newer than this
    /// program.
    private static func schemaVersion(_ connection: Connection) throws(StoreOpenError) -> Int {
        let application: String?
        let version: Int
        let objects: String?
        do throws(SQLiteError) {
            application = try connection.scalar("PRAGMA application_id")
            version = try Int(connection.scalar("PRAGMA user_version") ?? "") ?? 0
            objects = try connection.scalar("SELECT count(*) FROM sqlite_schema")
        } catch {
            throw error.code == .notADatabase ? .foreignFile : .failed(StoreError(error))
        }
        let isNew = application == "0" && version == 0 && objects == "0"
        guard isNew || application == String(Schema.applicationID) else { throw .foreignFile }
        guard version <= Schema.steps.count else {
            throw .newerSchema(found: version, newestKnown: Schema.steps.count)
        }
        return version
    }

    private static func guardAgainstMisuse(_ connection: Connection) throws(StoreOpenError) {
        try sql { () throws(SQLiteError) in
            try connection.set(.defensive, true)
            try connection.set(.trustedSchema, false)
            try connection.set(.doubleQuotedStringsInStatements, false)
            try connection.set(.doubleQuotedStringsInSchema, false)
        }
        let limits: [(Connection.Limit, Int32)] = [
            (.length, StoreLimits.rowBytesMax), (.sqlLength, 1 << 20), (.columns, 64),
            (.attached, 0), (.variables, 64), (.triggerDepth, 4), (.workerThreads, 0),
        ]
        for (limit, value) in limits {
            let found = connection.limit(limit, to: value)
            guard found == value else {
                throw .setting(
                    name: "limit \(limit.rawValue)", wanted: "\(value)", found: "\(found)")
            }
        }
    }

    private static func apply(
        _ settings: [Setting], to connection: Connection
    ) throws(StoreOpenError) {
        for setting in settings {
            let found = try sql { () throws(SQLiteError) in
                _ = try connection.scalar("PRAGMA \(setting.name) = \(setting.value)")
                return try connection.scalar("PRAGMA \(setting.name)")
            }
            guard found == setting.reads else {
                throw .setting(name: setting.name, wanted: setting.reads, found: found ?? "nothing")
            }
        }
    }

    /// Each step in a transaction of its own, with the version it leads to.
    private static func migrate(
        _ connection: Connection, from version: Int
    ) throws(StoreOpenError) {
        for (index, step) in Schema.steps.enumerated().dropFirst(version) {
            try sql { () throws(SQLiteError) in
                try connection.execute(
                    """
                    BEGIN IMMEDIATE;
                    \(step)
                    PRAGMA application_id = \(Schema.applicationID);
                    PRAGMA user_version = \(index + 1);
                    COMMIT;
                    """)
            }
        }
    }

    private static func sql<Value>(
        _ body: () throws(SQLiteError) -> Value
    ) throws(StoreOpenError) -> Value {
        do throws(SQLiteError) {
            return try body()
        } catch {
            throw .failed(StoreError(error))
        }
    }
}
