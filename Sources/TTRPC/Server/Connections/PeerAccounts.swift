// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Something that all users take from.
///
/// Nobody is given more than the free part divided by the number of users and one, as dbus-broker
/// does: whoever takes most meets the end first, and something is left for whoever comes next.
package final class SharedPool: Sendable {
    private let max: Int
    private let held = Atomic<Int>(0)

    package init(max: Int) {
        self.max = max
    }

    /// What is taken at the moment.
    package var heldCount: Int {
        held.load(ordering: .relaxed)
    }

    /// Whether an amount would be given.
    package func allows(_ amount: Int, users: Int) -> Bool {
        amount <= (max - heldCount) / (users + 1)
    }

    /// Takes an amount; whether it was given.
    package func take(_ amount: Int, users: Int) -> Bool {
        let before = held.add(amount, ordering: .relaxed).oldValue
        guard amount <= (max - before) / (users + 1) else {
            change(by: -amount)
            return false
        }
        return true
    }

    /// Takes or gives back what cannot be refused.
    package func change(by amount: Int) {
        held.add(amount, ordering: .relaxed)
    }
}

/// The pools of a server.
package final class SharedPools: Sendable {
    let calls: SharedPool
    let streams: SharedPool
    let queuedBytes: SharedPool
    /// Users with a connection.
    let users = Atomic<Int>(0)

    package init(limits: Limits) {
        calls = SharedPool(max: limits.callsMax)
        streams = SharedPool(max: limits.streamsMax)
        queuedBytes = SharedPool(max: limits.queuedBytesMax)
    }

    var userCount: Int {
        users.load(ordering: .relaxed)
    }
}

/// What one user holds, over all its connections.
package final class PeerAccount: Sendable {
    private let limits: Limits
    private let pools: SharedPools
    private let calls = Atomic<Int>(0)
    private let streams = Atomic<Int>(0)
    private let queuedBytes = Atomic<Int>(0)

    init(limits: Limits, pools: SharedPools) {
        self.limits = limits
        self.pools = pools
    }

    /// Takes room for one call; whether there was any.
    package func beginCall(_ kind: CallKind) -> Bool {
        guard Self.take(calls, max: limits.callsPerUserMax, pools.calls, pools.userCount) else {
            return false
        }
        guard
            kind == .unary
                || Self.take(
                    streams, max: limits.streamsPerUserMax, pools.streams, pools.userCount)
        else {
            endCall(.unary)
            return false
        }
        return true
    }

    /// Gives the room of one call back.
    package func endCall(_ kind: CallKind) {
        calls.subtract(1, ordering: .relaxed)
        pools.calls.change(by: -1)
        if kind != .unary {
            streams.subtract(1, ordering: .relaxed)
            pools.streams.change(by: -1)
        }
    }

    private static func take(
        _ mine: borrowing Atomic<Int>, max: Int, _ pool: SharedPool, _ users: Int
    ) -> Bool {
        guard mine.add(1, ordering: .relaxed).newValue <= max, pool.take(1, users: users) else {
            mine.subtract(1, ordering: .relaxed)
            return false
        }
        return true
    }

    /// Bytes that wait, after a change.
    package func addQueuedBytes(_ change: Int) {
        queuedBytes.add(change, ordering: .relaxed)
        pools.queuedBytes.change(by: change)
    }

    /// Whether so many bytes more may wait.
    package func allowsQueuedBytes(_ count: Int) -> Bool {
        queuedBytes.load(ordering: .relaxed) + count <= limits.queuedBytesPerUserMax
            && pools.queuedBytes.allows(count, users: pools.userCount)
    }

    /// Calls that run for this user.
    package var callCount: Int {
        calls.load(ordering: .relaxed)
    }
}

/// The connections of all users, and their shares.
package final class PeerAccounts: Sendable {
    private struct State {
        var total = 0
        var users: [UInt32: (account: PeerAccount, connections: Int)] = [:]
    }

    private let limits: Limits
    private let pools: SharedPools
    private let state = Mutex(State())

    package init(limits: Limits) {
        self.limits = limits
        pools = SharedPools(limits: limits)
    }

    /// Takes room for one connection of a user; `nil` if there is none.
    package func beginConnection(uid: UInt32) -> PeerAccount? {
        state.withLock { state in
            let account =
                state.users[uid]?.account ?? PeerAccount(limits: limits, pools: pools)
            let connections = state.users[uid]?.connections ?? 0
            guard connections < limits.connectionsPerUserMax,
                1 <= (limits.connectionsMax - state.total) / (pools.userCount + 1)
            else {
                return nil
            }
            state.total += 1
            state.users[uid] = (account, connections + 1)
            if connections == 0 {
                pools.users.add(1, ordering: .relaxed)
            }
            return account
        }
    }

    /// Gives the room of one connection back.
    ///
    /// The account lives on while it has connections or while its calls still run, so that a user
    /// who reconnects finds its running calls charged.
    package func endConnection(uid: UInt32) {
        state.withLock { state in
            guard let user = state.users[uid] else {
                return
            }
            state.total -= 1
            state.users[uid] = (user.account, user.connections - 1)
            if user.connections == 1 {
                pools.users.subtract(1, ordering: .relaxed)
                if user.account.callCount == 0 {
                    state.users[uid] = nil
                }
            }
        }
    }

    /// Connections of all users.
    package var connectionCount: Int {
        state.withLock(\.total)
    }
}
