// SPDX-License-Identifier: Apache-2.0

import SQLite
import Synchronization
import Testing

@testable import AftersalesStore

@Suite struct StoreTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    /// Words as they are told, in order.
    final class Told: Sendable {
        private let words = Mutex<[String]>([])
        private let bell = Doorbell()
        func tell(_ outcome: Outcome) {
            words.withLock { $0.append(outcome.word) }
            bell.ring()
        }
        func wait(for count: Int) -> [String] {
            while words.withLock({ $0.count }) < count { _ = bell.wait(milliseconds: 60_000) }
            return words.withLock { $0 }
        }
        var now: [String] { words.withLock { $0 } }
    }

    /// A call that keeps the writer busy until it is told to go on.
    private func hold(_ held: Doorbell, _ goOn: Doorbell) -> Mutation {
        var call = Mutation.note("hold")
        let body = call.body
        call.body = { transaction in
            held.ring()
            while !goOn.wait(milliseconds: 60_000) {}
            return try body(transaction)
        }
        return call
    }

    @Test func `what was told can be read, and is there after closing and opening`() throws {
        let store = try scratch.store()
        let told = Told()
        store.write(.note("a", completion: told.tell))
        #expect(told.wait(for: 1) == ["committed a"])
        let types = try store.read(lane: 0) { try $0.events(after: 0, limit: 9).map(\.row.type) }
        #expect(types == ["a"])
        try store.close()
        let again = try scratch.store()
        #expect(try again.read(lane: 0) { try $0.events(after: 0, limit: 9).count } == 1)
        try again.close()
    }

    @Test func `calls that wait together are told in order`() throws {
        let store = try scratch.store()
        let (held, goOn, told) = (Doorbell(), Doorbell(), Told())
        store.write(hold(held, goOn))
        while !held.wait(milliseconds: 60_000) {}
        for index in 0..<300 { store.write(.note("n\(index)", completion: told.tell)) }
        #expect(told.now.isEmpty)
        goOn.ring()
        #expect(told.wait(for: 300) == (0..<300).map { "committed n\($0)" })
        try store.close()
    }

    @Test func `the queue takes its limit and refuses one more at once`() throws {
        let store = try scratch.store()
        let (held, goOn, told) = (Doorbell(), Doorbell(), Told())
        store.write(hold(held, goOn))
        while !held.wait(milliseconds: 60_000) {}
        for _ in 0..<StoreLimits.queueMax { store.write(.note("same", completion: told.tell)) }
        #expect(told.now.isEmpty)
        store.write(.note("one more", completion: told.tell))
        #expect(told.now == ["overloaded"])
        goOn.ring()
        let words = told.wait(for: StoreLimits.queueMax + 1)
        #expect(words[1] == "committed same")
        #expect(words.dropFirst(2).allSatisfy { $0 == "replayed same" })
        try store.close()
    }

    @Test func `closing commits what waits and takes no more`() throws {
        let store = try scratch.store(lanes: 2)
        let told = Told()
        for index in 0..<100 { store.write(.note("n\(index)", completion: told.tell)) }
        try store.close()
        #expect(told.now.count == 100)
        store.write(.note("late", completion: told.tell))
        #expect(told.now.last == "closed")
        let error = #expect(throws: StoreError.self) {
            try store.read(lane: 1) { try $0.events(after: 0, limit: 1).count }
        }
        #expect(error?.kind == .closed)
    }

    @Test func `a read sees one state, whatever is committed meanwhile`() throws {
        let store = try scratch.store(lanes: 2)
        let told = Told()
        store.write(.note("a", completion: told.tell))
        _ = told.wait(for: 1)
        let counts = try store.read(lane: 0) { snapshot in
            let first = try snapshot.events(after: 0, limit: 9).count
            store.write(.note("b", completion: told.tell))
            _ = told.wait(for: 2)
            return [first, try snapshot.events(after: 0, limit: 9).count]
        }
        #expect(counts == [1, 1])
        #expect(try store.read(lane: 1) { try $0.events(after: 0, limit: 9).count } == 2)
        try store.close()
    }

    @Test func `a read that runs past its deadline is ended, and the next one is not`() throws {
        let store = try scratch.store()
        let endless = """
            WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
            SELECT count(*) FROM n
            """
        let failure = #expect(throws: StoreError.self) {
            try store.read(lane: 0, until: .now) { snapshot in
                try snapshot.session.run { (connection) throws(SQLiteError) in
                    try connection.scalar(endless)
                }
            }
        }
        #expect(failure?.kind == .expired)
        let count = try store.read(lane: 0) { snapshot in
            try snapshot.session.run { (connection) throws(SQLiteError) in
                try connection.scalar(endless)
            }
        }
        #expect(count == "1000000")
        try store.close()
    }

    @Test func `many threads write and read at once`() throws {
        let store = try scratch.store(lanes: 4)
        let threads = (0..<4).map { lane in
            let told = Told()
            return ConnectionThread {
                for index in 0..<50 {
                    store.write(.note("\(lane)-\(index)", completion: told.tell))
                    _ = told.wait(for: index + 1)
                    let own = try? store.read(lane: lane) { snapshot in
                        try snapshot.events(after: 0, limit: 1_000)
                            .count { $0.row.type.hasPrefix("\(lane)-") }
                    }
                    precondition(own == index + 1, "a call sees what it was told")
                }
            }
        }
        for thread in threads { thread.join() }
        let verdict = try store.read(lane: 0) { try $0.verifyChain() }
        guard case .whole(last: 200, _) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        try store.close()
    }

    @Test func `a checkpoint comes at its limit of frames, or when idle`() {
        var plan = CheckpointPlan()
        #expect(plan.next(logFrames: StoreLimits.checkpointFrames - 1, isIdle: false) == nil)
        #expect(plan.next(logFrames: StoreLimits.checkpointFrames, isIdle: false) == .passive)
        #expect(plan.next(logFrames: 1, isIdle: true) == .passive)
        #expect(plan.next(logFrames: 0, isIdle: true) == nil)
        let frames = (StoreLimits.logBytesMax - 1) / CheckpointPlan.frameBytes
        #expect(plan.next(logFrames: frames, isIdle: false) == .passive)
        #expect(plan.next(logFrames: frames + 1, isIdle: false) == .truncate)
    }
}
