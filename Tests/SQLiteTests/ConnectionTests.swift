// SPDX-License-Identifier: Apache-2.0

import Foundation
import SQLite
import Synchronization
import Testing

@Suite struct ConnectionTests {
    private func memory() throws -> Connection {
        try Connection(path: ":memory:", mode: .readWriteCreate)
    }

    @Test func `brings every kind of value back as it went in`() throws {
        let connection = try memory()
        try connection.execute("CREATE TABLE t (i INTEGER, s TEXT, b BLOB) STRICT")
        let texts: [String?] = ["", "plain", "语言 🧾", "nul\0inside", nil]
        for (index, text) in texts.enumerated() {
            var insert = try connection.statement("INSERT INTO t VALUES (?, ?, ?)")
            insert.bind(index == 0 ? nil : Int64.min + Int64(index))
            insert.bind(text)
            insert.bind([UInt8](repeating: 0xff, count: index))
            try insert.run()
        }
        var rows = try connection.statement("SELECT i, s, b FROM t ORDER BY rowid")
        for (index, text) in texts.enumerated() {
            let isRow = try rows.step()
            let (number, string) = (rows.optionalInt64(0), rows.optionalText(1))
            let (bytes, isNull) = (rows.bytes(2), rows.isNull(2))
            #expect(isRow && !isNull)
            #expect(number == (index == 0 ? nil : Int64.min + Int64(index)))
            #expect(string == text)
            #expect(bytes == [UInt8](repeating: 0xff, count: index))
        }
        let isRow = try rows.step()
        #expect(!isRow)
    }

    @Test func `gives a statement back when its use ends, whatever row it stood on`() throws {
        let connection = try memory()
        try connection.execute("CREATE TABLE t (i INTEGER) STRICT; INSERT INTO t VALUES (1), (2)")
        for _ in 0..<3 {
            var rows = try connection.statement("SELECT i FROM t WHERE i >= ?")
            rows.bind(1)
            let isRow = try rows.step()
            let number = rows.int(0)
            #expect(isRow && number == 1)
        }
        // Nothing of an earlier use is bound.
        var rows = try connection.statement("SELECT i FROM t WHERE i >= ?")
        let isRow = try rows.step()
        #expect(!isRow)
    }

    @Test func `tells the table and the rule, never the value`() throws {
        let connection = try memory()
        try connection.execute("CREATE TABLE t (s TEXT CHECK (length(s) < 3)) STRICT")
        let error = try #require(throws: SQLiteError.self) {
            var insert = try connection.statement("INSERT INTO t VALUES (?)")
            insert.bind("secret")
            try insert.run()
        }
        #expect(error.code == .constraint)
        #expect(error.extendedCode == 275)
        #expect(!error.description.contains("secret"))
    }

    @Test func `keeps what is bound too far for the first step to throw`() throws {
        let connection = try memory()
        let error = try #require(throws: SQLiteError.self) {
            var select = try connection.statement("SELECT ?")
            select.bind(1)
            select.bind(2)
            _ = try select.step()
        }
        #expect(error.code == .range)
    }

    @Test func `knows whether a transaction is on`() throws {
        let connection = try memory()
        #expect(connection.isAutocommit)
        try connection.statement("BEGIN IMMEDIATE").run()
        #expect(!connection.isAutocommit)
        try connection.statement("ROLLBACK").run()
        #expect(connection.isAutocommit)
    }

    @Test func `lowers a limit, and refuses what is one past it`() throws {
        let connection = try memory()
        #expect(connection.limit(.length, to: 100) == 100)
        var at = try connection.statement("SELECT length(zeroblob(?))")
        at.bind(100)
        let isRow = try at.step()
        #expect(isRow)
        let error = #expect(throws: SQLiteError.self) {
            var past = try connection.statement("SELECT hex(zeroblob(?))")
            past.bind(101)
            _ = try past.step()
        }
        #expect(error?.code == .tooBig)
    }

    @Test func `fails the statement that a test says`() throws {
        let connection = try memory()
        connection.beforeStatement = { sql in
            String(describing: sql) == "SELECT 2" ? SQLiteError.Code.full.rawValue : nil
        }
        try connection.statement("SELECT 1").run()
        let error = #expect(throws: SQLiteError.self) {
            try connection.statement("SELECT 2").run()
        }
        #expect(error?.code == .full)
    }

    @Test func `counts the frames of the log and moves them into the file`() throws {
        let directory = FileManager.default.temporaryDirectory.path
        let path = "\(directory)/frames-\(UInt64.random(in: 0...UInt64.max)).db"
        defer {
            for end in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: path + end)
            }
        }
        let connection = try Connection(path: path, mode: .readWriteCreate)
        #expect(try connection.scalar("PRAGMA journal_mode = WAL") == "wal")
        connection.countLogFrames()
        #expect(try connection.scalar("PRAGMA wal_autocheckpoint") == "0")
        try connection.execute("CREATE TABLE t (i INTEGER) STRICT")
        #expect(connection.logFrames == 2)
        let result = try connection.checkpoint(.passive)
        #expect(result.movedFrames == 2)
        #expect(!result.wasBusy)
    }

    @Test func `keeps a ring for the next wait, and wakes a wait that is on`() {
        let bell = Doorbell()
        #expect(!bell.wait(milliseconds: 1))
        bell.ring()
        #expect(bell.wait(milliseconds: 0))
        let rung = Mutex(false)
        let thread = ConnectionThread {
            rung.withLock { $0 = true }
            bell.ring()
        }
        #expect(bell.wait(milliseconds: 60_000))
        thread.join()
        #expect(rung.withLock { $0 })
    }

    @Test func `a lock file has one holder, until it lets go`() throws {
        let directory = FileManager.default.temporaryDirectory.path
        let path = "\(directory)/lock-\(UInt64.random(in: 0...UInt64.max))"
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            let first = try FileLock(path: path)
            #expect(throws: FileLock.Failure.held) { _ = try FileLock(path: path) }
            withExtendedLifetime(first) {}
        }
        _ = try FileLock(path: path)
        #expect(throws: FileLock.Failure.system(errno: ENOENT)) {
            _ = try FileLock(path: "/nonexistent/lock")
        }
    }
}
