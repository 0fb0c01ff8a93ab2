// SPDX-License-Identifier: Apache-2.0

import SQLite
import Synchronization

/// The one thread that writes: takes what waits, commits it, tells the callers.
final class WriterThread: Sendable {
    private let queue: WriteQueue
    /// The lock is never contended: only this thread takes it, and `close` after it has ended.
    private let batch: Mutex<WriteBatch>
    private let onFatal: @Sendable (StoreError) -> Void
    private let thread = Mutex<ConnectionThread?>(nil)

    init(
        queue: WriteQueue, batch: sending WriteBatch,
        onFatal: @escaping @Sendable (StoreError) -> Void
    ) {
        self.queue = queue
        self.batch = Mutex(batch)
        self.onFatal = onFatal
    }

    func start() {
        thread.withLock { $0 = ConnectionThread { [self] in work() } }
    }

    /// Waits until the closed queue is drained.
    func join() {
        thread.withLock { $0.take() }?.join()
    }

    /// The last checkpoint; readers must be closed.
    func close() throws(StoreError) {
        try batch.withLock { (batch) throws(StoreError) in try batch.close() }
    }

    /// Tells each statement of the writer, for tests that count what a call costs.
    ///
    /// - Returns: the rows written so far.
    func observe(_ tell: (@Sendable (StaticString) -> Void)?) -> Int64 {
        batch.withLock { batch in
            let connection = batch.session.connection
            connection.beforeStatement = tell.map { tell in
                { statement in
                    tell(statement)
                    return nil
                }
            }
            return connection.totalChanges
        }
    }

    private func work() {
        do throws(StoreError) {
            while true {
                switch queue.take() {
                case .batch(let calls): try run(calls)
                case .nothing: if !queue.sleep() { try rest() }
                case .closed: return
                }
            }
        } catch {
            onFatal(error)
        }
    }

    private func run(_ calls: [Mutation]) throws(StoreError) {
        let outcomes = try batch.withLock { (batch) throws(StoreError) in try batch.run(calls) }
        for (call, outcome) in zip(calls, outcomes) { call.completion(outcome) }
        try batch.withLock { (batch) throws(StoreError) in
            try batch.checkpointIfDue(isIdle: false)
        }
    }

    private func rest() throws(StoreError) {
        try batch.withLock { (batch) throws(StoreError) in
            try batch.checkpointIfDue(isIdle: true)
        }
    }
}
