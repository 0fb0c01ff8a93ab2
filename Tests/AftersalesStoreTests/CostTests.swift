// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite
import Synchronization
import Testing

@testable import AftersalesStore

@Suite struct CostTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    /// The statements of one batch, in order, and the rows it wrote.
    private func cost(
        _ batch: WriteBatch, _ calls: [Mutation]
    ) throws -> (statements: [String], rows: Int64, words: [String]) {
        let statements = Mutex<[String]>([])
        let connection = batch.session.connection
        let before = connection.totalChanges
        connection.beforeStatement = { sql in
            statements.withLock { $0.append(String(describing: sql)) }
            return nil
        }
        defer { connection.beforeStatement = nil }
        let outcomes = try batch.run(calls)
        return (
            statements.withLock { $0 }.filter { !["BEGIN IMMEDIATE", "COMMIT"].contains($0) },
            connection.totalChanges - before, outcomes.map(\.word)
        )
    }

    @Test(arguments: [3, 19_152])
    func `canceling one unit paid by one captured tender is 14 statements and 9 rows`(
        quantity: Int
    ) throws {
        var desk = try Desk(scratch)
        // BEGIN and COMMIT belong to the batch, and are not counted.
        let id = try desk.importOrder(.mugs(quantity))
        let (statements, rows, words) = try cost(
            desk.batch, [.cancel(key: "k", id, ["l-1": 1])])
        #expect(words == ["committed version 2"])
        let verbs = statements.map { $0.split(separator: " ").prefix(3).joined(separator: " ") }
        #expect(
            verbs == [
                "SELECT digest, reply", "SELECT version, external_id,", "SELECT r.first, r.count,",
                "SELECT id, version,", "SELECT seq, hash", "UPDATE unit_run SET",
                "INSERT INTO unit_run", "INSERT INTO obligation", "INSERT INTO refund_leg",
                "UPDATE orders SET", "INSERT INTO message", "INSERT INTO event",
                "INSERT INTO event", "INSERT INTO request_key",
            ])
        #expect(statements.count == 14)
        #expect(rows == 9)
    }

    @Test func `in a batch the end of the log is read once`() throws {
        var desk = try Desk(scratch)
        let ids = try (0..<8).map { try desk.importOrder(.mugs(3, id: "o-\($0)")) }
        let calls = ids.map { Mutation.cancel(key: "k\($0.value)", $0, ["l-1": 1]) }
        let (statements, rows, _) = try cost(desk.batch, calls)
        #expect(statements.count == 8 * 13 + 1)
        #expect(rows == 8 * 9)
    }

    @Test func `a replay is one statement and no row, a refusal writes no row`() throws {
        var desk = try Desk(scratch)
        let id = try desk.importOrder(.mugs(3))
        _ = try cost(desk.batch, [.cancel(key: "k", id, ["l-1": 1])])
        let replay = try cost(desk.batch, [.cancel(key: "k", id, ["l-1": 1])])
        #expect(replay.statements.count == 1 && replay.rows == 0)
        let refusal = try cost(desk.batch, [.cancel(key: "m", id, ["l-1": 3])])
        #expect(refusal.words == ["refused Rejection"])
        #expect(refusal.rows == 0)
    }

    /// Fails the k-th statement of the middle call's body, in the batch and when run alone.
    @Test(arguments: [SQLiteError.Code.constraint, .full, .noMemory])
    func `a cancellation that fails at any statement leaves its neighbours whole`(
        code: SQLiteError.Code
    ) throws {
        for k in 1...12 {
            let scratch = try Scratch()
            var desk = try Desk(scratch)
            let ids = try (0..<3).map { try desk.importOrder(.mugs(3, id: "o-\($0)")) }
            let fault = Fault(order: ids[1], at: k, code: code)
            let calls = ids.map { id in
                fault.watching(.cancel(key: "k\(id.value)", id, ["l-1": 1]), id)
            }
            desk.batch.session.connection.beforeStatement = fault.strike
            let words = try desk.batch.run(calls).map(\.word)
            desk.batch.session.connection.beforeStatement = nil
            let note: Comment = "\(code), statement \(k)"
            #expect(fault.strikes == 2, note)
            let failed =
                switch code {
                case .full: "full"
                case .constraint: "failed constraint"
                default: "failed other"
                }
            #expect(words == ["committed version 2", failed, "committed version 2"], note)
            let versions = try desk.batch.read { snapshot in
                try ids.map { try snapshot.order($0)?.version }
            }
            #expect(versions == [2, 1, 2], note)
            guard case .whole = try desk.batch.read({ try $0.verifyChain() }) else {
                Issue.record(note)
                return
            }
            #expect(try desk.batch.run([calls[1]])[0].word == "committed version 2", note)
        }
    }

    @Test func `a failure that does not come again is healed by running again`() throws {
        var desk = try Desk(scratch)
        let ids = try (0..<3).map { try desk.importOrder(.mugs(3, id: "o-\($0)")) }
        let left = Mutex(20)
        desk.batch.session.connection.beforeStatement = { _ in
            left.withLock { left in
                left -= 1
                return left == 0 ? SQLiteError.Code.noMemory.rawValue : nil
            }
        }
        let outcomes = try desk.batch.run(
            ids.map { .cancel(key: "k\($0.value)", $0, ["l-1": 1]) })
        #expect(outcomes.map(\.word) == [String](repeating: "committed version 2", count: 3))
        #expect(left.withLock { $0 } < 0)
    }
}

/// Fails the k-th statement of the calls about one order, counting from its body's first.
private final class Fault: Sendable {
    private struct State {
        var strikes = 0
        var statement = 0
    }

    private let state = Mutex(State())
    private let order: OrderID
    private let place: Int
    private let code: SQLiteError.Code

    init(order: OrderID, at place: Int, code: SQLiteError.Code) {
        self.order = order
        self.place = place
        self.code = code
    }

    var strikes: Int { state.withLock { $0.strikes } }

    /// Begins to count where the body of a call about the order begins.
    func watching(_ call: Mutation, _ id: OrderID) -> Mutation {
        var call = call
        let (body, isTarget) = (call.body, id == order)
        call.body = { [self] transaction in
            state.withLock { $0.statement = isTarget ? 1 : 0 }
            return try body(transaction)
        }
        return call
    }

    @Sendable func strike(_ sql: StaticString) -> Int32? {
        let sql = String(describing: sql)
        // The next call begins with its key; the body's own statements do not include that.
        guard !["BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"].contains(sql),
            !sql.hasPrefix("SELECT digest")
        else {
            state.withLock { $0.statement = 0 }
            return nil
        }
        return state.withLock { state in
            guard state.statement > 0 else { return nil }
            defer { state.statement += 1 }
            guard state.statement == place else { return nil }
            state.strikes += 1
            return code.rawValue
        }
    }
}
