// SPDX-License-Identifier: Apache-2.0

/// An attempt that somebody awaits.
final class PendingCall: Sendable {
    /// Where the outcome goes.
    enum Receiver: Sendable {
        case unary(Waiter<AttemptOutcome>)
        case stream(StreamInbox)
    }

    /// What it is cancelled by; unique within the transport.
    let token: UInt64
    let call: OutgoingCall
    let receiver: Receiver

    /// Whether it was taken back from a connection that did not take its request.
    let wasTakenBack: Bool

    init(token: UInt64, call: OutgoingCall, receiver: Receiver, wasTakenBack: Bool = false) {
        self.token = token
        self.call = call
        self.receiver = receiver
        self.wasTakenBack = wasTakenBack
    }

    var inbox: StreamInbox? {
        guard case .stream(let inbox) = receiver else {
            return nil
        }
        return inbox
    }

    /// When it ends unless it has been answered, or sent in the case of a stream without end.
    var expiry: ContinuousClock.Instant {
        call.deadline ?? call.sendBy
    }

    func finish(_ outcome: AttemptOutcome) {
        switch receiver {
        case .unary(let waiter): waiter.resume(outcome)
        case .stream(let inbox): inbox.abort(outcome)
        }
    }
}

/// A call in flight.
struct SentCall: Sendable {
    let call: PendingCall

    /// How much had been written to the connection before the request.
    let bytesBefore: Int
}

/// A message that waits for its stream's credit, or for the socket.
struct PendingMessage: Sendable {
    /// The message; `nil` for the end of the sending side.
    let bytes: [UInt8]?
    let writer: CheckedContinuation<RPCError?, Never>?

    func finish(_ error: RPCError?) {
        writer?.resume(returning: error)
    }
}

/// A stream, by the connection that it belongs to and its id there.
struct StreamKey: Sendable, Hashable {
    let connection: UInt64
    let streamID: UInt32
}
