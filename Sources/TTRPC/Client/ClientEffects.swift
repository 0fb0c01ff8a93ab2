// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// What whoever held a client's lock owes to others once it has let go.
struct ClientEffects {
    /// Who sends what has been written.
    enum Sending {
        case nothing
        /// The event loop is to be woken.
        case byLoop
        /// The thread that holds these effects, now.
        case here(OutgoingBytes)
    }

    var sending = Sending.nothing

    /// Messages that have come.
    var messages: [(PendingCall, [UInt8])] = []

    /// Attempts that have ended.
    var ended: [(PendingCall, AttemptOutcome)] = []

    /// Streams that have ended because of a frame; what has come is still to be taken.
    var streamsEnded: [(PendingCall, RPCError?, Metadata)] = []

    /// Streams whose request has been written.
    var opened: [(StreamInbox, StreamKey)] = []

    /// Messages that have been written, or will not be, because of an error.
    var writes: [(PendingMessage, RPCError?)] = []

    /// Whether a connection is to be made.
    var connects = false

    /// When to try to connect again.
    var pause: Duration?

    /// The connection that is to be closed.
    var closing: (any Channel)?

    /// When the alarm of a number is to ring, if that is earlier than another was to.
    var alarm: (instant: ContinuousClock.Instant, number: UInt64)?

    mutating func end(_ call: PendingCall, _ outcome: AttemptOutcome) {
        ended.append((call, outcome))
    }

    /// Tells all who wait; the rest is the transport's.
    func resume() {
        for (call, outcome) in ended {
            call.finish(outcome)
        }
        for (inbox, key) in opened {
            inbox.open(key)
        }
        for (call, bytes) in messages {
            call.inbox?.put(bytes)
        }
        for (call, error, metadata) in streamsEnded {
            call.inbox?.end(error, metadata)
        }
        for (message, error) in writes {
            message.finish(error)
        }
    }
}

/// Bytes that a thread has taken to send.
struct OutgoingBytes {
    let connection: UInt64
    let socket: SendingSocket
    var bytes: ByteBuffer
}
