// SPDX-License-Identifier: Apache-2.0

/// The outcome of a unary call: the response's bytes, or why there is none.
public typealias UnaryOutcome = Result<[UInt8], RPCError>

/// Where outcomes of calls go; takes them from any thread.
protocol ReplySink: AnyObject, Sendable {
    /// The call has ended.
    func deliver(_ outcome: UnaryOutcome, for key: CallKey)

    /// A handler let go of the call without a reply.
    func replyDropped(for key: CallKey)

    /// A handler replied to the call more than once.
    func replyRepeated(for key: CallKey)
}

/// Hands every outcome to a closure.
final class ClosureSink: ReplySink {
    private let answer: @Sendable (UnaryOutcome) -> Void

    init(_ answer: @escaping @Sendable (UnaryOutcome) -> Void) {
        self.answer = answer
    }

    func deliver(_ outcome: UnaryOutcome, for key: CallKey) {
        answer(outcome)
    }

    func replyDropped(for key: CallKey) {
        answer(.failure(.replyDropped))
    }

    func replyRepeated(for key: CallKey) {}
}
