// SPDX-License-Identifier: Apache-2.0

/// The outcome of a unary call: the response's bytes, or why there is none.
public typealias UnaryOutcome = Result<[UInt8], RPCError>

/// Where outcomes of calls go; takes them from any thread.
protocol ReplySink: AnyObject, Sendable {
    /// The call `id` has ended.
    func deliver(_ outcome: UnaryOutcome, for id: UInt32)

    /// A handler let go of call `id` without a reply.
    func replyDropped(for id: UInt32)

    /// A handler replied to call `id` once more than once.
    func replyRepeated(for id: UInt32)
}

/// Hands every outcome to a closure.
final class ClosureSink: ReplySink {
    private let answer: @Sendable (UnaryOutcome) -> Void

    init(_ answer: @escaping @Sendable (UnaryOutcome) -> Void) {
        self.answer = answer
    }

    func deliver(_ outcome: UnaryOutcome, for id: UInt32) {
        answer(outcome)
    }

    func replyDropped(for id: UInt32) {
        answer(.failure(.replyDropped))
    }

    func replyRepeated(for id: UInt32) {}
}
