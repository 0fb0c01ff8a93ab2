// SPDX-License-Identifier: Apache-2.0

import NIOCore
public import ProtobufC

/// A client for callers without `async`: each call takes its thread until it is answered.
///
/// ```swift
/// let client = Client(path: "/run/shop/shop.sock")
/// let order: Order = try client.blocking.unary(OrderServiceMethod.getOrder, request)
/// ```
///
/// Not to be used on an event loop, which would wait for itself: that stops the program. Nor from
/// a task, whose thread others need; there the ``Client`` itself is better.
public struct BlockingClient: Sendable {
    private let client: Client

    init(_ client: Client) {
        self.client = client
    }

    /// Makes one unary call with encoded messages.
    ///
    /// - Returns: the response's bytes, and what the server said beside them.
    /// - Throws: ``RPCError``, as ``Client/unary(_:_:options:)``.
    public func unary(
        _ method: MethodDescriptor, _ request: [UInt8], options: CallOptions
    ) throws(RPCError) -> UnaryResponse {
        checkThread()
        var (watched, attempts) = client.prepare(method, request, options)
        do throws(RPCError) {
            while true {
                try client.checkDeadline(attempts)
                let outcome = client.transport.attemptAndWait(attempts.call)
                switch client.decide(after: outcome, &attempts) {
                case .finish(let result):
                    let response = try result.get()
                    watched.ended(nil)
                    return response
                case .repeatAfter(let pause): wait(pause)
                }
            }
        } catch {
            watched.ended(error)
            throw error
        }
    }

    /// Makes one unary call.
    ///
    /// - Throws: ``RPCError``; INTERNAL if the response cannot be decoded.
    public func unary<Request: Message, Response: Message>(
        _ method: MethodDescriptor, _ request: Request, options: CallOptions = .init()
    ) throws(RPCError) -> Response {
        try Response(response: unary(method, request.encoded(), options: options).payload)
    }

    /// Makes a call that is answered with a stream.
    ///
    /// - Returns: the responses; letting go of them gives the call up.
    /// - Throws: ``RPCError`` if there is no server to call. What the server itself objects to
    ///   comes from the sequence.
    public func serverStreaming<Request: Message, Response: Message>(
        _ method: MethodDescriptor, _ request: Request, options: CallOptions = .init()
    ) throws(RPCError) -> BlockingMessages<Response> {
        checkThread()
        var (watched, attempts) = client.prepareStream(method, request.encoded(), options)
        do throws(RPCError) {
            while true {
                try client.checkDeadline(attempts)
                let inbox = StreamInbox { [watched] in watched.ended($0) }
                let token = client.transport.open(attempts.call, inbox)
                guard let failure = inbox.openedAfterWaiting(client.transport.eventLoop) else {
                    return BlockingMessages(
                        stream: ClientStream(SocketStream(client, inbox, token)))
                }
                wait(try client.pauseOrThrow(after: failure, &attempts))
            }
        } catch {
            watched.ended(error)
            throw error
        }
    }

    private func wait(_ pause: Duration) {
        // Never fails: nobody cancels the task.
        try? client.transport.eventLoop.scheduleTask(in: .init(pause)) {}.futureResult.wait()
    }

    private func checkThread() {
        client.transport.eventLoop.preconditionNotInEventLoop()
    }
}

/// The responses of a streaming call, for a thread that waits for each.
///
/// Each element is a response, or the error that ends the call, which is the last:
///
/// ```swift
/// for event in try client.blocking.serverStreaming(EventServiceMethod.watchEvents, request) {
///     print(try event.get())
/// }
/// ```
public struct BlockingMessages<Response: Message>: Sequence, IteratorProtocol {
    private let stream: ClientStream
    private var hasEnded = false

    init(stream: ClientStream) {
        self.stream = stream
    }

    /// The next response or the error at the end, or `nil` when the server is done.
    public mutating func next() -> Result<Response, RPCError>? {
        guard !hasEnded else {
            return nil
        }
        do throws(RPCError) {
            guard let bytes = try stream.receiveAndWait() else {
                hasEnded = true
                return nil
            }
            return .success(try Response(response: bytes))
        } catch {
            hasEnded = true
            stream.cancel()
            return .failure(error)
        }
    }
}
