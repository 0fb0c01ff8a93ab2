// SPDX-License-Identifier: Apache-2.0

/// Watches unary calls from beside their handlers: for logs, metrics and traces.
///
/// Both functions run on the event loop of the call's connection and must not block.
public protocol UnaryInterceptor: Sendable {
    /// A call was admitted and its handler is about to start.
    func callBegan(_ call: ServerCall)

    /// A call has been answered.
    ///
    /// Calls refused for want of a role or of room are told too, without a ``callBegan(_:)``.
    ///
    /// - Parameters:
    ///   - call: the call.
    ///   - status: the code the client is told, DEADLINE_EXCEEDED at the deadline included;
    ///     CANCELLED if the client has gone.
    ///   - duration: from the receipt of the request to its answer.
    func callEnded(_ call: ServerCall, status: StatusCode, duration: Duration)
}
