// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// Takes the outcomes of a connection's calls from any thread to its event loop.
///
/// However many replies come from elsewhere, the loop is woken once for all of them.
final class ReplyOutbox: ReplySink {
    private struct State {
        var replies: [(CallKey, UnaryOutcome)] = []
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

    /// The connection has ended: outcomes go nowhere from now on.
    ///
    /// On its event loop.
    func disconnect() {
        handler.value = nil
        state.withLock { state in
            state.isDisconnected = true
            state.replies = []
        }
    }

    func deliver(_ outcome: UnaryOutcome, for key: CallKey) {
        account.endCall()
        guard !eventLoop.inEventLoop else {
            handler.value?.reply(key, outcome)
            return
        }
        // The loop is woken under the lock: once disconnected, it may be shut down.
        state.withLock { state in
            guard !state.isDisconnected else {
                return
            }
            state.replies.append((key, outcome))
            if !state.isScheduled {
                state.isScheduled = true
                eventLoop.execute { self.carry() }
            }
        }
    }

    func replyDropped(for key: CallKey) {
        onLoop { $0.countDroppedReply() }
        deliver(.failure(.replyDropped), for: key)
    }

    func replyRepeated(for key: CallKey) {
        onLoop { $0.countRepeatedReply() }
    }

    private func carry() {
        let replies = state.withLock { state in
            state.isScheduled = false
            defer { state.replies = [] }
            return state.replies
        }
        handler.value?.reply(replies)
    }

    private func onLoop(_ body: @escaping @Sendable (ServerConnectionHandler) -> Void) {
        guard !eventLoop.inEventLoop else {
            handler.value.map(body)
            return
        }
        // Under the lock, so that the event loop is alive while it is given work.
        state.withLock { state in
            guard !state.isDisconnected else {
                return
            }
            eventLoop.execute { self.handler.value.map(body) }
        }
    }
}
