// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What one user holds, over all its connections.
final class PeerAccount: Sendable {
    private let calls = Atomic<Int>(0)
    private let queuedBytes = Atomic<Int>(0)

    /// Takes room for one call; whether there was any.
    func beginCall(limit: Int) -> Bool {
        guard calls.add(1, ordering: .relaxed).newValue <= limit else {
            endCall()
            return false
        }
        return true
    }

    /// Gives the room of one call back.
    func endCall() {
        calls.subtract(1, ordering: .relaxed)
    }

    /// Reply bytes that wait for this user to read, after a change.
    func addQueuedBytes(_ change: Int) {
        queuedBytes.add(change, ordering: .relaxed)
    }

    /// Reply bytes that wait for this user to read.
    var queuedByteCount: Int {
        queuedBytes.load(ordering: .relaxed)
    }

    /// Calls that run for this user.
    var callCount: Int {
        calls.load(ordering: .relaxed)
    }
}

/// The connections of all users, and their shares.
final class PeerAccounts: Sendable {
    private struct State {
        var total = 0
        var users: [UInt32: (account: PeerAccount, connections: Int)] = [:]
    }

    private let limits: Limits
    private let state = Mutex(State())

    init(limits: Limits) {
        self.limits = limits
    }

    /// Takes room for one connection of a user; `nil` if there is none.
    func beginConnection(uid: UInt32) -> PeerAccount? {
        state.withLock { state in
            let account = state.users[uid]?.account ?? PeerAccount()
            let connections = state.users[uid]?.connections ?? 0
            guard state.total < limits.connectionsMax,
                connections < limits.connectionsPerUserMax
            else {
                return nil
            }
            state.total += 1
            state.users[uid] = (account, connections + 1)
            return account
        }
    }

    /// Gives the room of one connection back.
    ///
    /// The account lives on while it has connections or while its calls still run, so that a user
    /// who reconnects finds its running calls charged.
    func endConnection(uid: UInt32) {
        state.withLock { state in
            guard let user = state.users[uid] else {
                return
            }
            state.total -= 1
            state.users[uid] = (user.account, user.connections - 1)
            if user.connections == 1, user.account.callCount == 0 {
                state.users[uid] = nil
            }
        }
    }

    /// Connections of all users.
    var connectionCount: Int {
        state.withLock(\.total)
    }
}
