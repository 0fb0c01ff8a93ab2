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
        self.init(CallKey(streamID: 0, serial: 0), sink: ClosureSink(answer))
    }

    deinit {
        if !isDone.load(ordering: .acquiring) {
            sink.replyDropped(for: key)
        }
    }

    /// Answers with a response.
    public func succeed(_ response: Response) {
        deliver(.success(response.encoded()))
    }

    /// Answers with the bytes of a ``Response`` that was encoded earlier.
    public func succeed(encoded: [UInt8]) {
        deliver(.success(encoded))
    }

    /// Answers with an error.
    ///
    /// One whose code is ``StatusCode/ok`` becomes INTERNAL.
    public func fail(_ error: RPCError) {
        guard error.code != .ok else {
            deliver(.failure(RPCError(.internal, "failed with OK")))
            return
        }
        deliver(.failure(error))
    }

    private func deliver(_ outcome: UnaryOutcome) {
        guard !isDone.exchange(true, ordering: .acquiringAndReleasing) else {
            sink.replyRepeated(for: key)
            return
        }
        sink.deliver(outcome, for: key)
    }
}
