// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Tells the clients of a daemon that is killed again and again which life of it they talk to.
final class Gate: Sendable {
    private struct State {
        var life = 0
        var isUp = false
        var isOver = false
        var hasAnswered = false
        var lostIn: Set<Int> = []
        var lost = 0
    }

    private let state = Mutex(State())

    /// No new work is begun.
    var isOver: Bool { state.withLock { $0.isOver } }

    /// Lives that ended while a call on an open connection had no answer yet.
    var livesWithLosses: Int { state.withLock { $0.lostIn.count } }

    /// Calls that got no answer.
    var lost: Int { state.withLock { $0.lost } }

    /// A daemon listens.
    func open(last: Bool) {
        state.withLock { state in
            state.life += 1
            state.isUp = true
            state.hasAnswered = false
            state.isOver = last
        }
    }

    /// The daemon is about to be killed: from now on calls may fail.
    func shut() {
        state.withLock { $0.isUp = false }
    }

    /// The life that can be talked to; waits for it.
    func life() async throws -> Int {
        while true {
            let life = state.withLock { $0.isUp ? $0.life : nil }
            if let life { return life }
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    /// A call of a life was answered.
    func answered(in life: Int) {
        state.withLock { state in
            if state.life == life { state.hasAnswered = true }
        }
    }

    /// Waits until the life that began last has answered a call, so that there is load to die under.
    func firstAnswer() async throws {
        while !state.withLock({ $0.hasAnswered }) {
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    /// A call of a life got no answer; says whether that life had been ended.
    ///
    /// With `wasConnected` the connection had given answers before, so the daemon died under load.
    func lost(in life: Int, wasConnected: Bool) -> Bool {
        state.withLock { state in
            guard state.life != life || !state.isUp else { return false }
            state.lost += 1
            if wasConnected { state.lostIn.insert(life) }
            return true
        }
    }
}
