// SPDX-License-Identifier: Apache-2.0

/// The outcome of a unary call: the response's bytes, or why there is none.
public typealias UnaryOutcome = Result<[UInt8], RPCError>

/// What a handler answers to a unary call.
struct Reply: Sendable {
    var outcome: UnaryOutcome
    /// Sent to clients that know how to read it.
    var metadata = Metadata()
}

/// Where replies to calls go; takes them from any thread.
protocol ReplySink: AnyObject, Sendable {
    /// The call has ended.
    func deliver(_ reply: Reply, for key: CallKey)

    /// A handler let go of the call without a reply.
    func replyDropped(for key: CallKey)

    /// A handler replied to the call more than once.
    func replyRepeated(for key: CallKey)
}

/// Hands every reply to a closure.
final class ClosureSink: ReplySink {
    private let answer: @Sendable (UnaryOutcome, Metadata) -> Void

    init(_ answer: @escaping @Sendable (UnaryOutcome, Metadata) -> Void) {
        self.answer = answer
    }

    func deliver(_ reply: Reply, for key: CallKey) {
        answer(reply.outcome, reply.metadata)
    }

    func replyDropped(for key: CallKey) {
        answer(.failure(.replyDropped), .init())
    }

    func replyRepeated(for key: CallKey) {}
}
