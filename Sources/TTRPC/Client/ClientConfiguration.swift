// SPDX-License-Identifier: Apache-2.0

/// How a client is set up.
public struct ClientConfiguration: Sendable, Hashable {
    /// The bounds it keeps; of them frame size and calls per connection concern a client.
    public var limits = Limits()

    /// The timeout of a call that names none.
    public var timeoutDefault: Duration = .seconds(30)

    /// How long connecting may take.
    ///
    /// The connect of a Unix socket waits while the server's backlog is full.
    public var connectTimeout: Duration = .seconds(5)

    /// When calls are tried again; its backoff also spaces attempts to connect.
    public var retry = RetryPolicy()

    /// Calls that may wait for a connection or for a place on it; more are refused at once.
    public var waitingCallsMax = 10_000

    /// The defaults.
    public init() {}
}
