// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Tells the work of a call that nobody waits for it any more.
///
/// A call is cancelled when its client gives it up, when its deadline passes and when its
/// connection ends. Work that is queued can be dropped then, and long work ended; what is done is
/// done. A streaming handler's task is cancelled too.
public final class CallCancellation: Sendable {
    private struct State {
        var isCancelled = false
        var actions: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    /// Makes a cancellation that has not come, as the runtime or a test does.
    public init() {}

    /// Whether nobody waits any more.
    public var isCancelled: Bool {
        state.withLock(\.isCancelled)
    }

    /// Runs an action when the call is cancelled, or at once if it was.
    ///
    /// It may run on any thread and must not block. It is let go of when the call has ended.
    public func onCancel(_ action: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            if !state.isCancelled {
                state.actions.append(action)
            }
            return state.isCancelled
        }
        if isLate {
            action()
        }
    }

    /// Cancels; a second time does nothing.
    public func cancel() {
        for action in takeActions(isCancelled: true) {
            action()
        }
    }

    /// The call has ended, so nothing is to be run any more.
    func retire() {
        _ = takeActions(isCancelled: nil)
    }

    private func takeActions(isCancelled: Bool?) -> [@Sendable () -> Void] {
        state.withLock { state in
            state.isCancelled = isCancelled ?? state.isCancelled
            defer { state.actions = [] }
            return state.actions
        }
    }
}
