// SPDX-License-Identifier: Apache-2.0

import DequeModule
import NIOCore
import Synchronization

/// What has come on a stream and was not taken yet, and how the stream ended.
///
/// What it holds is bounded by the credit that the server has: see `ClientStreamState`.
final class StreamInbox: Sendable {
    /// What a consumer takes.
    enum Event: Sendable {
        case message([UInt8])
        case end(RPCError?)
    }

    private enum Opening {
        case awaited(Waiter<AttemptOutcome?>?)
        case opened(StreamKey)
        case failed(AttemptOutcome)
    }

    private struct State {
        var opening = Opening.awaited(nil)
        var messages: Deque<[UInt8]> = []
        var end: (error: RPCError?, metadata: Metadata)?
        var waiters: Deque<Waiter<Event>> = []
    }

    private let state = Mutex(State())
    private let onEnd: (@Sendable (RPCError?) -> Void)?

    /// - Parameter onEnd: told once when a stream that was opened has ended.
    init(onEnd: (@Sendable (RPCError?) -> Void)? = nil) {
        self.onEnd = onEnd
    }

    /// The stream that was opened.
    var key: StreamKey? {
        state.withLock { state in
            guard case .opened(let key) = state.opening else { return nil }
            return key
        }
    }

    /// How the stream has ended.
    var end: (error: RPCError?, metadata: Metadata)? {
        state.withLock(\.end)
    }

    // MARK: Filling

    /// The request has been written.
    func open(_ key: StreamKey) {
        let waiter = state.withLock { state -> Waiter<AttemptOutcome?>? in
            guard case .awaited(let waiter) = state.opening else { return nil }
            state.opening = .opened(key)
            return waiter
        }
        waiter?.resume(nil)
    }

    /// A message has come.
    func put(_ message: [UInt8]) {
        let waiter = state.withLock { state -> Waiter<Event>? in
            guard state.end == nil else { return nil }
            guard let waiter = state.waiters.popFirst() else {
                state.messages.append(message)
                return nil
            }
            return waiter
        }
        waiter?.resume(.message(message))
    }

    /// Nothing more comes; what has come may still be taken.
    func end(_ error: RPCError?, _ metadata: Metadata = .init(), keepingMessages: Bool = true) {
        let (isFirst, waiters) = state.withLock { state -> (Bool, Deque<Waiter<Event>>) in
            guard state.end == nil else { return (false, []) }
            state.end = (error, metadata)
            if !keepingMessages {
                state.messages = []
            }
            defer { state.waiters = [] }
            return (true, state.waiters)
        }
        guard isFirst else {
            return
        }
        for waiter in waiters {
            waiter.resume(.end(error))
        }
        onEnd?(error)
    }

    /// The attempt has ended without an answer: before the stream was opened, or with it.
    func abort(_ outcome: AttemptOutcome) {
        let (wasOpen, waiter) = state.withLock { state -> (Bool, Waiter<AttemptOutcome?>?) in
            guard case .awaited(let waiter) = state.opening else { return (true, nil) }
            state.opening = .failed(outcome)
            return (false, waiter)
        }
        guard wasOpen else {
            waiter?.resume(outcome)
            return
        }
        // What was given up on this side is of no more use; what the server sent before it went is.
        if case .lost = outcome {
            end(outcome.error)
        } else {
            end(outcome.error, keepingMessages: false)
        }
    }

    // MARK: Taking

    /// Waits until the request is written.
    ///
    /// - Returns: why it was not; `nil` if it was.
    func opened() async -> AttemptOutcome? {
        await withCheckedContinuation { awaitOpening(.task($0)) }
    }

    /// Waits until the request is written, and the thread with it.
    func openedAfterWaiting(_ eventLoop: any EventLoop) -> AttemptOutcome? {
        Waiter.wait(eventLoop) { awaitOpening($0) } ?? .cancelled
    }

    private func awaitOpening(_ waiter: Waiter<AttemptOutcome?>) {
        let known = state.withLock { state -> AttemptOutcome?? in
            switch state.opening {
            case .awaited:
                state.opening = .awaited(waiter)
                return nil
            case .opened: return .some(nil)
            case .failed(let outcome): return outcome
            }
        }
        if let known {
            waiter.resume(known)
        }
    }

    /// Takes the next event, waiting for it.
    func next() async -> Event {
        if let event = state.withLock({ Self.take(&$0) }) {
            return event
        }
        return await withCheckedContinuation { enlist(.task($0)) }
    }

    /// Takes the next event, waiting for it, and the thread with it.
    func nextAfterWaiting(_ eventLoop: any EventLoop) -> Event {
        if let event = state.withLock({ Self.take(&$0) }) {
            return event
        }
        return Waiter.wait(eventLoop) { enlist($0) } ?? .end(.callCancelled)
    }

    private func enlist(_ waiter: Waiter<Event>) {
        let event = state.withLock { state -> Event? in
            if let event = Self.take(&state) {
                return event
            }
            state.waiters.append(waiter)
            return nil
        }
        if let event {
            waiter.resume(event)
        }
    }

    private static func take(_ state: inout State) -> Event? {
        if let message = state.messages.popFirst() {
            return .message(message)
        }
        return state.end.map { .end($0.error) }
    }
}
