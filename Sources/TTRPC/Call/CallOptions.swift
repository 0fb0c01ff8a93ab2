// SPDX-License-Identifier: Apache-2.0

/// What a caller asks for beside the request itself.
public struct CallOptions: Sendable, Hashable {
    /// How long the call may take; connecting, waiting in queues, repeats and their pauses
    /// included.
    ///
    /// `nil` takes the client's default for a unary call, and sets no end to a stream: then the
    /// default bounds only how long opening it may take. A value that is not positive fails the call with
    /// DEADLINE_EXCEEDED before anything is sent.
    public var timeout: Duration?

    /// Sent with the request.
    public var metadata: Metadata

    /// Whether running the call twice does no harm: it only reads, or it carries an idempotency
    /// key.
    ///
    /// Only such a call is sent again when the connection is lost after the request may have
    /// reached the server.
    public var isIdempotent: Bool

    /// Whether the call waits for a server that is not there yet.
    ///
    /// Without it a call fails with UNAVAILABLE when connecting fails; with it, only at its
    /// deadline.
    public var waitsForReady: Bool

    /// Makes options.
    public init(
        timeout: Duration? = nil, metadata: Metadata = .init(), isIdempotent: Bool = false,
        waitsForReady: Bool = false
    ) {
        self.timeout = timeout
        self.metadata = metadata
        self.isIdempotent = isIdempotent
        self.waitsForReady = waitsForReady
    }
}
