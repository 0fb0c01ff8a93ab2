// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// A call on its way to the wire.
struct OutgoingCall: Sendable {
    var method: MethodDescriptor
    var request: [UInt8]
    var metadata: Metadata
    /// `nil` for a stream that may last for ever.
    var deadline: ContinuousClock.Instant?
    /// Until when it may wait to be sent.
    var sendBy: ContinuousClock.Instant
    /// Whether it outlasts attempts to connect that fail.
    var waitsForReady = false
}

/// How one attempt to make a call ended.
enum AttemptOutcome: Sendable, Hashable {
    /// The server answered.
    case answered(UnaryOutcome, Metadata = .init())
    /// The request has not left this process.
    case notSent(RPCError)
    /// The connection ended; whether the server saw the request is not known.
    case lost(RPCError)
    /// The deadline came first.
    case expired
    /// The caller gave the call up.
    case cancelled

    /// Why the attempt failed; `nil` if the server answered with success.
    var error: RPCError? {
        switch self {
        case .answered(.success, _): nil
        case .answered(.failure(let error), _), .notSent(let error), .lost(let error): error
        case .expired: .deadlineExceeded
        case .cancelled: .callCancelled
        }
    }
}

/// Carries single attempts; repeating is the business of who calls it.
protocol CallTransport: Sendable {
    /// Where threads may wait for promises of ``attemptAndWait(_:)``.
    var eventLoop: any EventLoop { get }

    /// What its connection is up to.
    var states: ConnectionStates { get }

    /// A number for a call, given to no other.
    func makeToken() -> UInt64

    /// Begins an attempt, whose receiver is told once how it ended.
    func begin(_ call: PendingCall)

    /// Ends an attempt that nobody waits for, if it has not ended.
    func cancel(_ token: UInt64)

    /// Writes a message on a stream; returns when it is written.
    func write(_ message: [UInt8], on key: StreamKey) async -> RPCError?

    /// Ends the sending side of a stream.
    func finish(_ key: StreamKey)

    /// Counts a message of a stream that its consumer has taken.
    func consumed(_ byteCount: Int, on key: StreamKey)

    /// Ends the connection, if there is one.
    func disconnect()

    /// Ends the connection for good.
    func close()
}

extension CallTransport {
    /// Makes one attempt.
    func attempt(_ call: OutgoingCall) async -> AttemptOutcome {
        let token = makeToken()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                begin(PendingCall(token: token, call: call, receiver: .unary(.task(continuation))))
                // The handler below may have run before there was anything to cancel.
                if Task.isCancelled {
                    cancel(token)
                }
            }
        } onCancel: {
            cancel(token)
        }
    }

    /// Makes one attempt while the thread waits.
    func attemptAndWait(_ call: OutgoingCall) -> AttemptOutcome {
        let outcome = Waiter.wait(eventLoop) { waiter in
            begin(PendingCall(token: makeToken(), call: call, receiver: .unary(waiter)))
        }
        return outcome ?? .cancelled
    }

    /// Begins to open a stream; `inbox` is told how it goes.
    ///
    /// - Returns: the token by which the stream is cancelled.
    func open(_ call: OutgoingCall, _ inbox: StreamInbox) -> UInt64 {
        let token = makeToken()
        begin(PendingCall(token: token, call: call, receiver: .stream(inbox)))
        return token
    }
}
