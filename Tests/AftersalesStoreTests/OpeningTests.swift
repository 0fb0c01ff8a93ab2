// SPDX-License-Identifier: Apache-2.0

import Foundation
import SQLite
import Testing

@testable import AftersalesStore

@Suite struct OpeningTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private func change(_ script: String) throws {
        let connection = try Connection(path: scratch.path, mode: .readWriteCreate)
        try connection.execute(script)
    }

    private func reason() -> StoreOpenError? {
        do {
            try scratch.store().close()
            return nil
        } catch {
            return error as? StoreOpenError
        }
    }

    @Test func `makes a new file, and opens it again as it was`() throws {
        let batch = try scratch.batch()
        #expect(try batch.run([.note("a")]).map(\.word) == ["committed a"])
        try batch.close()
        let again = try scratch.batch()
        #expect(try again.read { try $0.events(after: 0, limit: 10).map(\.row.type) } == ["a"])
        #expect(try again.run([.note("a")]).map(\.word) == ["replayed a"])
        #expect(try again.read { try $0.currentPolicy() } == .test)
    }

    @Test func `one process at a time has it open`() throws {
        let store = try scratch.store()
        #expect(reason() == .inUse)
        try store.close()
        #expect(reason() == nil)
    }

    @Test func `refuses a database of somebody else`() throws {
        try change("CREATE TABLE t (i INTEGER)")
        #expect(reason() == .foreignFile)
        try change("PRAGMA application_id = 7")
        #expect(reason() == .foreignFile)
    }

    @Test func `refuses a file that is no database`() throws {
        try String(repeating: "no database ", count: 100).write(
            toFile: scratch.path, atomically: true, encoding: .utf8)
        #expect(reason() == .foreignFile)
    }

    @Test func `refuses a newer schema, with both versions`() throws {
        try scratch.store().close()
        try change("PRAGMA user_version = 99")
        #expect(reason() == .newerSchema(found: 99, newestKnown: Schema.steps.count))
    }

    @Test func `says when the directory cannot hold it`() throws {
        let error = #expect(throws: StoreOpenError.self) {
            _ = try Store.open("/nonexistent/a.db", options: .test())
        }
        #expect(error == .lockFailed(errno: 2))
    }

    /// The pragmas and what they must read as, on the writer and on a reader.
    static let settings: [(String, String, String)] = [
        ("journal_mode", "wal", "wal"), ("synchronous", "2", "2"), ("foreign_keys", "1", "1"),
        ("trusted_schema", "0", "0"), ("cell_size_check", "1", "1"), ("mmap_size", "0", "0"),
        ("wal_autocheckpoint", "0", "0"), ("journal_size_limit", "67108864", "-1"),
        ("busy_timeout", "0", "0"), ("temp_store", "2", "2"), ("query_only", "0", "1"),
    ]

    @Test(arguments: settings)
    func `every setting reads back`(name: String, writer: String, reader: String) throws {
        let batch = try scratch.batch()
        let reading = try Opening.reader(path: scratch.path)
        #expect(try batch.session.connection.scalar("PRAGMA \(name)") == writer)
        #expect(try reading.scalar("PRAGMA \(name)") == reader)
    }

    @Test func `a reader cannot write`() throws {
        let batch = try scratch.batch()
        let reading = try Opening.reader(path: scratch.path)
        let error = #expect(throws: SQLiteError.self) {
            try reading.execute("DELETE FROM request_key")
        }
        #expect(error?.code == .readOnly)
        try batch.close()
    }
}
