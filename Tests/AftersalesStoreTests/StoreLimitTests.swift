// SPDX-License-Identifier: Apache-2.0

import SQLite
import Testing

@testable import AftersalesStore

/// Each bound of the store at its value and one past it.
@Suite struct StoreLimitTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    @Test func `a batch is of the limit at most, and the rest is the next one`() {
        let queue = WriteQueue()
        for index in 0...StoreLimits.batchMax { _ = queue.add(.note("n\(index)")) }
        guard case .batch(let first) = queue.take(), case .batch(let rest) = queue.take() else {
            Issue.record("no two batches")
            return
        }
        #expect(first.count == StoreLimits.batchMax)
        #expect(rest.map(\.requestID) == ["n\(StoreLimits.batchMax)"])
    }

    @Test func `a page is of the limit at most, however many rows are asked for`() throws {
        let store = try scratch.store()
        for index in 0...StoreLimits.pageMax { store.write(.note("n\(index)")) }
        try store.close()
        let again = try scratch.store()
        for asked in [StoreLimits.pageMax, StoreLimits.pageMax + 1, .max] {
            let page = try again.read(lane: 0) { try $0.events(after: 0, limit: asked).count }
            #expect(page == StoreLimits.pageMax)
        }
        #expect(
            try again.read(lane: 0) { try $0.events(after: 1, limit: .max).count }
                == StoreLimits.pageMax)
        try again.close()
    }

    @Test func `a value has the limit of bytes at most`() throws {
        let store = try scratch.store()
        func bytes(_ count: Int32) throws -> String? {
            try store.read(lane: 0) { snapshot in
                try snapshot.session.run { (connection) throws(SQLiteError) in
                    try connection.scalar("SELECT length(randomblob(\(count)))")
                }
            }
        }
        #expect(try bytes(StoreLimits.rowBytesMax) == "\(StoreLimits.rowBytesMax)")
        #expect(throws: StoreError.self) { try bytes(StoreLimits.rowBytesMax + 1) }
        try store.close()
    }

    @Test func `a writer that finds nothing sleeps for its idle time at most`() {
        let queue = WriteQueue()
        guard case .nothing = queue.take() else {
            Issue.record("there was something")
            return
        }
        let began = ContinuousClock.now
        #expect(!queue.sleep())
        #expect(began.duration(to: .now) >= .milliseconds(StoreLimits.idleMilliseconds - 1))
        let refusal = queue.add(.note("n"))
        #expect(refusal?.word == nil)
    }
}
