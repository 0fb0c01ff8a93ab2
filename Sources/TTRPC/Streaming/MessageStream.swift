// SPDX-License-Identifier: Apache-2.0

public import ProtobufC

/// The messages of the other side of a streaming call, in order.
///
/// Iterate once. An error ends the sequence.
public struct MessageStream<Element: Message>: AsyncSequence, Sendable {
    /// The error that ends the sequence early.
    public typealias Failure = RPCError

    private let receive: @Sendable () async throws(RPCError) -> [UInt8]?

    /// A stream that takes each message's bytes from a closure.
    ///
    /// - Parameter receive: returns `nil` when the other side is done.
    public init(_ receive: @escaping @Sendable () async throws(RPCError) -> [UInt8]?) {
        self.receive = receive
    }

    /// Takes the messages one by one.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let receive: @Sendable () async throws(RPCError) -> [UInt8]?

        /// The next message, or `nil` when the other side is done.
        public mutating func next() async throws(RPCError) -> Element? {
            guard let bytes = try await receive() else {
                return nil
            }
            do throws(DecodeError) {
                return try Element.decode(bytes.span)
            } catch {
                throw RPCError(decoding: error, of: Element.protoName)
            }
        }

        /// The next message, or `nil` when the other side is done.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(RPCError) -> Element? {
            try await next()
        }
    }

    /// An iterator over the messages that have not been taken yet.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(receive: receive)
    }
}
