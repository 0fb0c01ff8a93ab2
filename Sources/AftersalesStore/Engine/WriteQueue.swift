// SPDX-License-Identifier: Apache-2.0

import DequeModule
import SQLite
import Synchronization

/// The mutations that wait for the writer, bounded.
final class WriteQueue: Sendable {
    private struct State {
        var waiting: Deque<Mutation> = []
        var isAsleep = false
        var isClosed = false
    }

    /// What the writer finds.
    enum Find {
        case batch([Mutation])
        case nothing
        case closed
    }

    private let state = Mutex(State())
    private let bell = Doorbell()

    /// Adds a mutation, or tells why not.
    func add(_ mutation: Mutation) -> Outcome? {
        let (refusal, wake) = state.withLock { state -> (Outcome?, Bool) in
            guard !state.isClosed else { return (.closed, false) }
            guard state.waiting.count < StoreLimits.queueMax else { return (.overloaded, false) }
            state.waiting.append(mutation)
            let wake = state.isAsleep
            state.isAsleep = false
            return (nil, wake)
        }
        if wake { bell.ring() }
        return refusal
    }

    /// Takes what waits, at most a batch of it; finding nothing, the writer is taken to sleep.
    func take() -> Find {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isAsleep = !state.isClosed
                return state.isClosed ? .closed : .nothing
            }
            let count = min(state.waiting.count, StoreLimits.batchMax)
            let batch = Array(state.waiting.prefix(count))
            state.waiting.removeFirst(count)
            return .batch(batch)
        }
    }

    /// Waits until something is added; false after the idle time.
    func sleep() -> Bool {
        bell.wait(milliseconds: StoreLimits.idleMilliseconds)
    }

    /// Takes no more; what waits is still given out.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.isAsleep = false
        }
        bell.ring()
    }
}
