// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// What happens to a call away from its connection's event loop.
enum CallEvent: Sendable {
    /// The one who waits for an item to be sent, and is told why it was not.
    typealias Sender = CheckedContinuation<RPCError?, Never>

    /// The handler of a unary call has answered.
    case reply(CallKey, Reply)
    /// A handler let go of a call without a reply.
    case replyDropped
    /// A handler replied more than once.
    case replyRepeated
    /// A handler has an item to send.
    case item(CallKey, [UInt8], Sender)
    /// A handler has taken an item.
    case taken(CallKey, byteCount: Int)
    /// The handler of a stream has finished.
    case ended(CallKey, Result<[UInt8]?, RPCError>)
}

/// Takes what happens to a connection's calls from any thread to its event loop.
///
/// However much comes from elsewhere, the loop is woken once for all of it.
final class CallOutbox: ReplySink {
    private struct State {
        var events: [CallEvent] = []
        var isScheduled = false
        /// The event loop may be gone, so nothing must be given to it any more.
        var isDisconnected = false
    }

    private let eventLoop: any EventLoop
    private let account: PeerAccount
    private let handler: NIOLoopBoundBox<ServerConnectionHandler?>
    private let state = Mutex(State())

    /// An outbox of a connection; on its event loop.
    init(_ handler: ServerConnectionHandler, account: PeerAccount, eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        self.account = account
        self.handler = NIOLoopBoundBox(handler, eventLoop: eventLoop)
    }

    /// The connection has ended: what happens goes nowhere from now on.
    ///
    /// On its event loop.
    func disconnect() {
        handler.value = nil
        let events = state.withLock { state in
            state.isDisconnected = true
            defer { state.events = [] }
            return state.events
        }
        for event in events {
            Self.drop(event)
        }
    }

    // MARK: Replies

    func deliver(_ reply: Reply, for key: CallKey) {
        account.endCall(.unary)
        post(.reply(key, reply))
    }

    func replyDropped(for key: CallKey) {
        post(.replyDropped)
        deliver(Reply(outcome: .failure(.replyDropped)), for: key)
    }

    func replyRepeated(for key: CallKey) {
        post(.replyRepeated)
    }

    // MARK: Streams

    /// A handler has taken an item.
    func taken(_ key: CallKey, byteCount: Int) {
        post(.taken(key, byteCount: byteCount))
    }

    /// Sends an item when there is room; why it was not sent, or `nil`.
    func send(_ key: CallKey, _ item: [UInt8]) async -> RPCError? {
        if eventLoop.inEventLoop {
            switch handler.value?.sendNow(key, item) {
            case .sent: return nil
            case .over, nil: return .callCancelled
            case .mustWait: break
            }
        }
        return await withCheckedContinuation { sender in
            post(.item(key, item, sender))
        }
    }

    /// The handler of a stream has finished.
    func ended(_ key: CallKey, _ kind: CallKind, _ result: Result<[UInt8]?, RPCError>) {
        account.endCall(kind)
        post(.ended(key, result))
    }

    // MARK: To the event loop

    private func post(_ event: CallEvent) {
        guard !eventLoop.inEventLoop else {
            if let handler = handler.value {
                handler.take(event)
                handler.flush()
            } else {
                Self.drop(event)
            }
            return
        }
        // The loop is woken under the lock: once disconnected, it may be shut down.
        let isDropped = state.withLock { state in
            guard !state.isDisconnected else {
                return true
            }
            state.events.append(event)
            if !state.isScheduled {
                state.isScheduled = true
                eventLoop.execute { self.carry() }
            }
            return false
        }
        if isDropped {
            Self.drop(event)
        }
    }

    private func carry() {
        let events = state.withLock { state in
            state.isScheduled = false
            defer { state.events = [] }
            return state.events
        }
        guard let handler = handler.value else {
            return events.forEach(Self.drop)
        }
        handler.take(events)
    }

    /// Nobody is there to be told of this; whoever waits for it waits no longer.
    private static func drop(_ event: CallEvent) {
        if case .item(_, _, let sender) = event {
            sender.resume(returning: .callCancelled)
        }
    }
}
