// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Whether calls of a service are served.
public typealias ServingStatus = HealthCheckResponse.ServingStatus

/// What a server says of its health, service by service: the one place where it is set and read.
///
/// The empty name stands for the server as a whole and is always on the board. Any thread may set
/// and read; every watch gets the newest status, in the order in which statuses were set.
///
/// ```swift
/// let board = HealthBoard(services: registry.services)
/// HealthService(board: board).register(in: &registry)
/// board.setAll(.serving)
/// ```
public final class HealthBoard: Sendable {
    private struct State {
        var statuses: [String: ServingStatus]
        var watches: [String: [UInt64: AsyncStream<ServingStatus>.Continuation]] = [:]
        var watchCount: UInt64 = 0

        mutating func set(_ status: ServingStatus, for service: String) {
            guard statuses.updateValue(status, forKey: service) != status else { return }
            // Within the lock, so that two changes cannot overtake each other.
            for watch in (watches[service] ?? [:]).values { watch.yield(status) }
        }
    }

    private let state: Mutex<State>

    /// A board with these services and the server as a whole.
    ///
    /// - Parameters:
    ///   - services: full names; more may be set later.
    ///   - status: of each of them to begin with.
    public init(services: some Sequence<String> = [], status: ServingStatus = .notServing) {
        var statuses = ["": status]
        for service in services { statuses[service] = status }
        state = Mutex(State(statuses: statuses))
    }

    /// Sets the status of one service, which need not be on the board yet.
    public func set(_ status: ServingStatus, for service: String) {
        state.withLock { $0.set(status, for: service) }
    }

    /// Sets the status of the server as a whole and of every service on the board.
    public func setAll(_ status: ServingStatus) {
        state.withLock { state in
            for service in Array(state.statuses.keys) { state.set(status, for: service) }
        }
    }

    /// The status of one service; nil if it is not on the board.
    public func status(of service: String) -> ServingStatus? {
        state.withLock { $0.statuses[service] }
    }

    /// All statuses by service, the empty name being the server as a whole.
    public var statuses: [String: ServingStatus] {
        state.withLock { $0.statuses }
    }

    /// The status of a service now, then at every change, without an end.
    ///
    /// A slow reader gets only the newest status. The status of a service that is not on the board
    /// is ``ServingStatus/serviceUnknown`` until it is set. The sequence ends when the task that
    /// reads it is cancelled; iterate once.
    public func watch(_ service: String) -> AsyncStream<ServingStatus> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ServingStatus.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.watchCount += 1
            state.watches[service, default: [:]][state.watchCount] = continuation
            continuation.yield(state.statuses[service] ?? .serviceUnknown)
            return state.watchCount
        }
        continuation.onTermination = { [weak self] _ in self?.forget(id, of: service) }
        return stream
    }

    /// How many watches are open; for tests of what they leave behind.
    package var watchCount: Int {
        state.withLock { $0.watches.values.reduce(0) { $0 + $1.count } }
    }

    private func forget(_ id: UInt64, of service: String) {
        // Let go of outside the lock: what ends with a continuation is not this type's to know.
        let ended = state.withLock { state in
            let ended = state.watches[service]?.removeValue(forKey: id)
            if state.watches[service]?.isEmpty == true { state.watches[service] = nil }
            return ended
        }
        ended?.finish()
    }
}
