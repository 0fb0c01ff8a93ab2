// SPDX-License-Identifier: Apache-2.0

import DequeModule
import Synchronization

/// The items of a stream that wait for their consumer; filled on one thread, emptied on another.
///
/// It has no bound of its own: whoever fills it keeps a ``ReceiveWindow``.
final class Inbox: Sendable {
    private enum End {
        /// No more items come, but those that are here are to be taken.
        case finished
        /// The stream has failed, which is told at once.
        case failed(RPCError)
    }

    private typealias Waiter = CheckedContinuation<Result<[UInt8]?, RPCError>, Never>

    private struct State {
        var items: Deque<[UInt8]> = []
        var byteCount = 0
        var end: End?
        var waiters: [(token: UInt64, waiter: Waiter)] = []
        var lastToken: UInt64 = 0
    }

    private let state = Mutex(State())

    /// The error that the stream has ended with.
    var failure: RPCError? {
        state.withLock { state in
            if case .failed(let error) = state.end { error } else { nil }
        }
    }

    /// Adds an item; whether it is of use, so that somebody will take it.
    func push(_ item: [UInt8]) -> Bool {
        let (isTaken, waiter) = state.withLock { state -> (Bool, Waiter?) in
            guard state.end == nil else {
                return (false, nil)
            }
            guard state.waiters.isEmpty else {
                return (true, state.waiters.removeFirst().waiter)
            }
            state.items.append(item)
            state.byteCount += item.count
            return (true, nil)
        }
        waiter?.resume(returning: .success(item))
        return isTaken
    }

    /// No more items come.
    func finish() {
        for waiter in end(.finished) {
            waiter.resume(returning: .success(nil))
        }
    }

    /// The stream has failed; items that nobody has taken are dropped.
    ///
    /// - Returns: the bytes that were dropped.
    @discardableResult
    func fail(_ error: RPCError) -> Int {
        let dropped = state.withLock { state in
            defer {
                state.items = []
                state.byteCount = 0
            }
            return state.byteCount
        }
        for waiter in end(.failed(error)) {
            waiter.resume(returning: .failure(error))
        }
        return dropped
    }

    private func end(_ end: End) -> [Waiter] {
        state.withLock { state in
            switch state.end {
            case .failed: break
            case .finished, nil: state.end = end
            }
            defer { state.waiters = [] }
            return state.waiters.map(\.waiter)
        }
    }

    /// Takes the next item; waits for it if there is none.
    ///
    /// - Returns: `nil` when no more come.
    /// - Throws: the stream's error; CANCELLED when the task is cancelled.
    func next() async throws(RPCError) -> [UInt8]? {
        let token = state.withLock { state in
            state.lastToken += 1
            return state.lastToken
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let result = take(orAdd: waiter, token)
                if let result {
                    waiter.resume(returning: result)
                } else if Task.isCancelled {
                    // The handler below may have run before there was anything to cancel.
                    cancel(token)
                }
            }
        } onCancel: {
            cancel(token)
        }
        return try result.get()
    }

    private func take(orAdd waiter: Waiter, _ token: UInt64) -> Result<[UInt8]?, RPCError>? {
        state.withLock { state in
            if let item = state.items.popFirst() {
                state.byteCount -= item.count
                return .success(item)
            }
            switch state.end {
            case .finished: return .success(nil)
            case .failed(let error): return .failure(error)
            case nil: break
            }
            state.waiters.append((token, waiter))
            return nil
        }
    }

    private func cancel(_ token: UInt64) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiters.firstIndex(where: { $0.token == token }) else {
                return nil
            }
            return state.waiters.remove(at: index).waiter
        }
        waiter?.resume(returning: .failure(.callCancelled))
    }
}
