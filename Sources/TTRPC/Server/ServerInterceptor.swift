// SPDX-License-Identifier: Apache-2.0

/// Watches calls of every kind from beside their handlers: for logs, metrics and traces.
///
/// Both functions run on the event loop of the call's connection and must not block.
public protocol ServerInterceptor: Sendable {
    /// A call was admitted and its handler is about to start.
    ///
    /// - Throws: to refuse the call with an error instead.
    func callBegan(_ call: ServerCall) throws(RPCError)

    /// A call has been answered, or nobody waits for it any more.
    ///
    /// Calls refused for want of a role or of room are told too, without a ``callBegan(_:)``.
    ///
    /// - Parameters:
    ///   - call: the call.
    ///   - status: the code the client is told, DEADLINE_EXCEEDED at the deadline included;
    ///     CANCELLED if the client has gone or has given the call up.
    ///   - duration: from the receipt of the request to its answer, or to a stream's end.
    func callEnded(_ call: ServerCall, status: StatusCode, duration: Duration)
}
