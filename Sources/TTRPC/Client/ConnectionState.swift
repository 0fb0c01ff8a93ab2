// SPDX-License-Identifier: Apache-2.0

/// What a client's connection is up to.
public enum ConnectionState: Sendable, Hashable {
    /// Not connected, and nobody wants to be.
    case idle
    /// Connecting.
    case connecting
    /// Connected.
    case ready
    /// Connecting failed, or the connection was lost before it was of any use; after a pause the
    /// client tries again if a call waits.
    case transientFailure(RPCError)
    /// The client was closed.
    case closed
}

/// The state of a client's connection: as it is, and as it changes.
///
/// Each iteration begins with the state as it is then. One that is slow misses changes, but never
/// the latest. It ends after ``ConnectionState/closed``.
///
/// ```swift
/// for await state in client.state where state == .ready {
///     print("connected")
/// }
/// ```
public struct ConnectionStates: AsyncSequence, Sendable {
    /// A state.
    public typealias Element = ConnectionState
    /// The sequence does not fail.
    public typealias Failure = Never

    /// Changes that are kept for a slow iteration.
    static let changesMax = 16

    private let read: @Sendable () -> ConnectionState
    private let subscribe: @Sendable () -> AsyncStream<ConnectionState>

    init(
        read: @escaping @Sendable () -> ConnectionState,
        subscribe: @escaping @Sendable () -> AsyncStream<ConnectionState>
    ) {
        self.read = read
        self.subscribe = subscribe
    }

    /// The state now.
    public var current: ConnectionState {
        read()
    }

    /// Goes through the changes.
    public func makeAsyncIterator() -> AsyncStream<ConnectionState>.Iterator {
        subscribe().makeAsyncIterator()
    }
}
