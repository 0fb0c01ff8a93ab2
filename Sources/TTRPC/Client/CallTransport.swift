// SPDX-License-Identifier: Apache-2.0

/// A call on its way to the wire.
struct OutgoingCall: Sendable {
    var method: MethodDescriptor
    var request: [UInt8]
    var metadata: Metadata
    var deadline: ContinuousClock.Instant
}

/// How one attempt to make a call ended.
enum AttemptOutcome: Sendable, Hashable {
    /// The server answered.
    case answered(UnaryOutcome)
    /// The request has not left this process.
    case notSent(RPCError)
    /// The connection ended; whether the server saw the request is not known.
    case lost(RPCError)
    /// The deadline came first.
    case expired
    /// The caller's task was cancelled.
    case cancelled
}

/// Carries single attempts; repeating is the business of who calls it.
protocol CallTransport: Sendable {
    /// Makes one attempt.
    func attempt(_ call: OutgoingCall) async -> AttemptOutcome

    /// Ends the connection; calls that run are lost.
    func close()
}
