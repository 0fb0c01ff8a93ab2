// SPDX-License-Identifier: Apache-2.0

public import ProtobufC
import Synchronization

/// The one reply to a unary call.
///
/// Reply exactly once, from any thread: the first reply counts, later ones are ignored and
/// counted. A reply that is let go unused tells the client INTERNAL, so no caller waits for
/// nothing. A reply after the deadline goes nowhere.
public final class UnaryReply<Response: Message>: Sendable {
    private let sink: any ReplySink
    private let key: CallKey
    private let isDone = Atomic<Bool>(false)

    init(_ key: CallKey, sink: any ReplySink) {
        self.key = key
        self.sink = sink
    }

    /// A reply whose outcome goes to a closure, for tests and for calls within the process.
    public convenience init(_ answer: @escaping @Sendable (UnaryOutcome) -> Void) {
        self.init { outcome, _ in answer(outcome) }
    }

    /// A reply whose outcome and metadata go to a closure.
    public convenience init(_ answer: @escaping @Sendable (UnaryOutcome, Metadata) -> Void) {
        self.init(CallKey(streamID: 0, serial: 0), sink: ClosureSink(answer))
    }

    deinit {
        if !isDone.load(ordering: .acquiring) {
            sink.replyDropped(for: key)
        }
    }

    /// Answers with a response.
    ///
    /// - Parameters:
    ///   - response: the response.
    ///   - metadata: for clients that can read it; plain ttrpc has none in responses.
    public func succeed(_ response: Response, metadata: Metadata = .init()) {
        deliver(.success(response.encoded()), metadata)
    }

    /// Answers with the bytes of a ``Response`` that was encoded earlier.
    public func succeed(encoded: [UInt8], metadata: Metadata = .init()) {
        deliver(.success(encoded), metadata)
    }

    /// Answers with an error.
    ///
    /// One whose code is ``StatusCode/ok`` becomes INTERNAL.
    public func fail(_ error: RPCError, metadata: Metadata = .init()) {
        deliver(.failure(error.asFailure), metadata)
    }

    private func deliver(_ outcome: UnaryOutcome, _ metadata: Metadata) {
        guard !isDone.exchange(true, ordering: .acquiringAndReleasing) else {
            sink.replyRepeated(for: key)
            return
        }
        sink.deliver(Reply(outcome: outcome, metadata: metadata), for: key)
    }
}
