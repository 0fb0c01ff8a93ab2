// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import Synchronization

/// What all connections of a server share.
final class ServerShared: Sendable {
    let services: ServiceRegistry
    let limits: Limits
    let authorize: Authorize
    let interceptors: [any ServerInterceptor]
    let logger: Logger
    let accounts: PeerAccounts
    let refusedPlaces: RefusedPlaces
    let connections = OpenConnections()

    init(
        services: ServiceRegistry, limits: Limits, authorize: @escaping Authorize,
        interceptors: [any ServerInterceptor], logger: Logger
    ) {
        self.services = services
        self.limits = limits
        self.authorize = authorize
        self.interceptors = interceptors
        self.logger = logger
        accounts = PeerAccounts(limits: limits)
        refusedPlaces = RefusedPlaces(max: limits.refusedConnectionsMax)
    }
}

/// The connections that are open, and what the closed ones counted.
final class OpenConnections: Sendable {
    private struct State {
        var open: [ObjectIdentifier: ConnectionControl] = [:]
        var closedCounters = ConnectionCounters()
        var isDraining = false
        var emptied: EventLoopPromise<Void>?
    }

    private let state = Mutex(State())

    /// A connection has opened; whether it has to drain at once.
    func opened(_ control: ConnectionControl) -> Bool {
        state.withLock { state in
            state.open[ObjectIdentifier(control)] = control
            return state.isDraining
        }
    }

    /// A connection has closed.
    func closed(_ control: ConnectionControl, _ counters: ConnectionCounters) {
        let emptied = state.withLock { state in
            state.open[ObjectIdentifier(control)] = nil
            state.closedCounters.add(counters)
            return state.open.isEmpty ? state.emptied.take() : nil
        }
        emptied?.succeed()
    }

    /// Drains every connection, those to come included.
    ///
    /// - Parameter emptied: succeeds when none is left.
    func drain(emptied: EventLoopPromise<Void>) {
        let open: [ConnectionControl] = state.withLock { state in
            state.isDraining = true
            if !state.open.isEmpty {
                state.emptied = emptied
            }
            return Array(state.open.values)
        }
        guard !open.isEmpty else {
            emptied.succeed()
            return
        }
        for control in open {
            control.drain()
        }
    }

    /// The connections that are open now, and the counts of those that have closed.
    func snapshot() -> (open: [ConnectionControl], closed: ConnectionCounters) {
        state.withLock { (Array($0.open.values), $0.closedCounters) }
    }
}
