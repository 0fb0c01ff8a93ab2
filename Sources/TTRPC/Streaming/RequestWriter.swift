// SPDX-License-Identifier: Apache-2.0

public import ProtobufC

/// The requests of a streaming call on their way to the server.
public struct RequestWriter<Request: Message>: Sendable {
    private let send: @Sendable ([UInt8]) async throws(RPCError) -> Void
    private let end: @Sendable () -> Void

    /// A writer that hands each encoded request to a closure.
    ///
    /// - Parameters:
    ///   - send: returns when there is room for the next request.
    ///   - finish: no more requests follow.
    public init(
        _ send: @escaping @Sendable ([UInt8]) async throws(RPCError) -> Void,
        finish: @escaping @Sendable () -> Void
    ) {
        self.send = send
        end = finish
    }

    /// A writer on a stream of bytes.
    public init(_ stream: ClientStream) {
        self.init(
            { (message) async throws(RPCError) in try await stream.send(message) },
            finish: { stream.finish() })
    }

    /// Sends one request; returns when it is written.
    ///
    /// It waits while the server has no room for more.
    ///
    /// - Throws: the server's error if it has ended the call with one; FAILED_PRECONDITION if it
    ///   has answered already or ``finish()`` was called; DEADLINE_EXCEEDED, CANCELLED, or
    ///   UNAVAILABLE if the connection was lost.
    public func write(_ request: Request) async throws(RPCError) {
        try await send(request.encoded())
    }

    /// Tells the server that no more requests follow; the first time only.
    public func finish() {
        end()
    }
}
