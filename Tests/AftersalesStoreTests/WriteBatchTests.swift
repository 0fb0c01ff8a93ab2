// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite
import Synchronization
import Testing

@testable import AftersalesStore

@Suite struct WriteBatchTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private func types(_ batch: WriteBatch) throws -> [String] {
        try batch.read { try $0.events(after: 0, limit: 1_000).map(\.row.type) }
    }

    @Test func `a batch is one commit`() throws {
        let batch = try scratch.batch()
        let commits = Mutex(0)
        batch.session.connection.beforeStatement = { sql in
            if String(describing: sql) == "COMMIT" { commits.withLock { $0 += 1 } }
            return nil
        }
        let outcomes = try batch.run((1...64).map { .note("n\($0)") })
        #expect(outcomes.map(\.word) == (1...64).map { "committed n\($0)" })
        #expect(commits.withLock { $0 } == 1)
    }

    @Test func `a repeated key gets the stored bytes, another request under it is refused`() throws
    {
        let batch = try scratch.batch()
        _ = try batch.run([.note("first", key: "k")])
        let outcomes = try batch.run([
            .note("second", key: "k"), .note("third", key: "k", digest: 2),
        ])
        #expect(outcomes.map(\.word) == ["replayed first", "key reused"])
        #expect(try types(batch) == ["first"])
    }

    @Test func `of twins in one batch the second gets the reply of the first`() throws {
        let batch = try scratch.batch()
        let outcomes = try batch.run([.note("one", key: "k"), .note("two", key: "k")])
        #expect(outcomes.map(\.word) == ["committed one", "replayed one"])
        #expect(try types(batch) == ["one"])
    }

    @Test func `a refused call stores nothing and may come again under its key`() throws {
        let batch = try scratch.batch()
        let refused = try batch.run([.note("a"), .refusing(key: "k"), .note("b")])
        #expect(refused.map(\.word) == ["committed a", "refused Refusal", "committed b"])
        #expect(try batch.run([.note("c", key: "k")]).map(\.word) == ["committed c"])
        #expect(try types(batch) == ["a", "b", "c"])
    }

    @Test func `a call that is not admitted does not enter the batch`() throws {
        let batch = try scratch.batch()
        let asked = Mutex(0)
        let outcomes = try batch.run([
            .note(
                "late",
                admit: {
                    asked.withLock { $0 += 1 }; return false
                }), .note("now"),
        ])
        #expect(outcomes.map(\.word) == ["expired", "committed now"])
        #expect(asked.withLock { $0 } == 1)
        #expect(try types(batch) == ["now"])
    }

    /// The statements of a call that notes are: key, chain, event, key row.
    @Test func `a call that fails at any statement leaves its neighbours whole`() throws {
        for k in 1...4 {
            let scratch = try Scratch()
            let batch = try scratch.batch()
            let running = Mutex("")
            let seen = Mutex(0)
            let hit = Mutex(0)
            let connection = batch.session.connection
            func call(_ name: String) -> Mutation {
                var call = Mutation.note(name)
                let inner = call.body
                call.body = { transaction in
                    running.withLock { $0 = name }
                    if name == "bad" { seen.withLock { $0 = 1 } }
                    return try inner(transaction)
                }
                return call
            }
            connection.beforeStatement = { sql in
                let sql = String(describing: sql)
                guard sql != "BEGIN IMMEDIATE", sql != "COMMIT", sql != "ROLLBACK" else {
                    if sql == "BEGIN IMMEDIATE" { running.withLock { $0 = "" } }
                    return nil
                }
                guard running.withLock({ $0 }) == "bad" else { return nil }
                let number = seen.withLock { number in
                    number += 1
                    return number
                }
                guard number == k else { return nil }
                hit.withLock { $0 += 1 }
                return SQLiteError.Code.constraint.rawValue
            }
            let outcomes = try batch.run([call("a"), call("bad"), call("z")])
            connection.beforeStatement = nil
            // Inside the body and after it there are 2 or 3 statements: the chain is read by "a".
            let fails = hit.withLock { $0 } > 0
            #expect(
                outcomes.map(\.word) == [
                    "committed a", fails ? "failed constraint" : "committed bad", "committed z",
                ])
            #expect(try types(batch) == (fails ? ["a", "z"] : ["a", "bad", "z"]))
            #expect(
                try batch.run([.note("bad")]).first?.word
                    == (fails ? "committed bad" : "replayed bad"))
            guard case .whole = try batch.read({ try $0.verifyChain() }) else {
                Issue.record("the chain is broken")
                continue
            }
        }
    }

    @Test(arguments: [SQLiteError.Code.ioError, .corrupt])
    func `when the disk fails nobody is answered`(code: SQLiteError.Code) throws {
        let batch = try scratch.batch()
        batch.session.connection.beforeStatement = { sql in
            String(describing: sql).hasPrefix("INSERT INTO event") ? code.rawValue : nil
        }
        let error = #expect(throws: StoreError.self) { _ = try batch.run([.note("a")]) }
        #expect(error?.kind == .broken)
    }

    @Test func `when a commit fails nobody is answered`() throws {
        let batch = try scratch.batch()
        batch.session.connection.beforeStatement = { sql in
            String(describing: sql) == "COMMIT" ? SQLiteError.Code.busy.rawValue : nil
        }
        let error = #expect(throws: StoreError.self) { _ = try batch.run([.note("a")]) }
        #expect(error?.kind == .broken)
    }

    @Test func `a full disk refuses what does not fit and the store goes on`() throws {
        let batch = try scratch.batch()
        let connection = batch.session.connection
        let pages = try #require(try connection.scalar("PRAGMA page_count"))
        _ = try connection.scalar("PRAGMA max_page_count = \(pages)")
        let long = String(repeating: "x", count: 20_000)
        #expect(
            try batch.run([.note(long, key: "k"), .note("s")]).map(\.word) == [
                "full", "committed s",
            ])
        #expect(try types(batch) == ["s"])
        _ = try connection.scalar("PRAGMA max_page_count = 1000000")
        #expect(try batch.run([.note(long, key: "k")]).map(\.word) == ["committed \(long)"])
    }

    @Test func `a commit that finds no room is undone, and each call runs alone`() throws {
        let batch = try scratch.batch()
        let failures = Mutex(2)
        batch.session.connection.beforeStatement = { sql in
            guard String(describing: sql) == "COMMIT" else { return nil }
            return failures.withLock { left in
                left -= 1
                return left >= 0 ? SQLiteError.Code.full.rawValue : nil
            }
        }
        let outcomes = try batch.run([.note("a"), .note("b"), .note("c")])
        #expect(outcomes.map(\.word) == ["full", "committed b", "committed c"])
        #expect(try types(batch) == ["b", "c"])
    }

    @Test func `old replies are forgotten step by step, young ones and other methods' stay`() throws
    {
        let batch = try scratch.batch()
        _ = try batch.run((0..<5).map { .note("n\($0)") })
        let now = StoreOptions.test().now()
        func prune(olderThan time: Instant, key: String) throws {
            var call = Mutation.note("prune", key: key)
            call.method = "test/Prune"
            call.body = { transaction in
                var after: String? = ""
                while let last = after {
                    after = try transaction.pruneKeys(
                        of: "test/Note", olderThan: time, after: last, limit: 2)
                }
                return []
            }
            #expect(try batch.run([call]).map(\.word) == ["committed "])
        }
        try prune(olderThan: now, key: "p1")
        #expect(try batch.run([.note("n0")])[0].word == "replayed n0")
        try prune(olderThan: Instant(microseconds: now.microseconds + 1), key: "p2")
        #expect(try batch.run([.note("n0")])[0].word == "committed n0")
        #expect(try batch.session.connection.scalar("SELECT count(*) FROM request_key") == "3")
    }

    @Test func `a body that hides a failure of the store fails all the same`() throws {
        let batch = try scratch.batch()
        var call = Mutation.note("a")
        call.body = { transaction in
            try? transaction.append([.note("a", seq: 0)])
            return []
        }
        #expect(
            try batch.run([call, .note("b")]).map(\.word) == ["failed constraint", "committed b"])
    }
}
