// SPDX-License-Identifier: Apache-2.0

/// What carries a stream that was opened.
protocol StreamCarrier: Sendable {
    func send(_ message: [UInt8]) async throws(RPCError)
    func finish()
    func receive() async throws(RPCError) -> [UInt8]?
    func receiveAndWait() throws(RPCError) -> [UInt8]?
    func cancel()
    var metadata: Metadata { get }
}

/// A streaming call with encoded messages.
///
/// Letting go of it gives the call up, as ``cancel()`` does. Generated clients wrap it into
/// ``RequestWriter`` and ``MessageStream``.
public final class ClientStream: Sendable {
    private let carrier: any StreamCarrier

    init(_ carrier: any StreamCarrier) {
        self.carrier = carrier
    }

    /// A stream made of closures, for fakes of an ``RPCClient``.
    ///
    /// - Parameters:
    ///   - send: takes a message; returns when there is room for the next.
    ///   - finish: no more messages will be sent.
    ///   - receive: the next message, or `nil` at the end.
    ///   - cancel: the call is given up; also called at the end of its life.
    public convenience init(
        send: @escaping @Sendable ([UInt8]) async throws(RPCError) -> Void = { _ in },
        finish: @escaping @Sendable () -> Void = {},
        receive: @escaping @Sendable () async throws(RPCError) -> [UInt8]?,
        cancel: @escaping @Sendable () -> Void = {}
    ) {
        self.init(
            ClosureStream(
                sendMessage: send, finishSending: finish, receiveMessage: receive,
                giveUp: cancel))
    }

    deinit {
        carrier.cancel()
    }

    /// Sends a message; returns when it is written.
    ///
    /// It waits while the server has no room for more: a slow server slows its client. Cancelling
    /// the task gives the call up.
    ///
    /// - Throws: ``RPCError``: the server's if it has ended the call with one,
    ///   FAILED_PRECONDITION if it has ended it well or ``finish()`` was called.
    public func send(_ message: [UInt8]) async throws(RPCError) {
        try await carrier.send(message)
    }

    /// Tells the server that no more messages follow; the first time only.
    public func finish() {
        carrier.finish()
    }

    /// Takes the next message, waiting for it.
    ///
    /// The response of a method that streams requests alone is the one message of its stream.
    /// Cancelling the task gives the call up.
    ///
    /// - Returns: the message; `nil` when the server is done.
    /// - Throws: ``RPCError`` with which the server has ended the call, after the messages before
    ///   it; DEADLINE_EXCEEDED, CANCELLED, or UNAVAILABLE if the connection was lost;
    ///   RESOURCE_EXHAUSTED if the server sent more than there was room for.
    public func receive() async throws(RPCError) -> [UInt8]? {
        try await carrier.receive()
    }

    /// Takes the next message while the thread waits.
    func receiveAndWait() throws(RPCError) -> [UInt8]? {
        try carrier.receiveAndWait()
    }

    /// Gives the call up, if it has not ended; the server is told.
    public func cancel() {
        carrier.cancel()
    }

    /// What the server has said at the end; empty before it.
    public var metadata: Metadata {
        carrier.metadata
    }
}

/// A stream over a client's connection.
struct SocketStream: StreamCarrier {
    /// Held, because the connection ends with its client.
    private let client: Client
    private let inbox: StreamInbox
    private let token: UInt64

    init(_ client: Client, _ inbox: StreamInbox, _ token: UInt64) {
        self.client = client
        self.inbox = inbox
        self.token = token
    }

    var metadata: Metadata {
        inbox.end?.metadata ?? .init()
    }

    func send(_ message: [UInt8]) async throws(RPCError) {
        guard let key = inbox.key else {
            throw .streamEnded
        }
        let error = await withTaskCancellationHandler {
            await client.transport.write(message, on: key)
        } onCancel: {
            cancel()
        }
        if let error {
            // Why the stream has ended says more than that it has.
            throw inbox.end?.error ?? error
        }
    }

    func finish() {
        if let key = inbox.key {
            client.transport.finish(key)
        }
    }

    func receive() async throws(RPCError) -> [UInt8]? {
        let event = await withTaskCancellationHandler {
            await inbox.next()
        } onCancel: {
            cancel()
        }
        return try take(event)
    }

    func receiveAndWait() throws(RPCError) -> [UInt8]? {
        try take(inbox.nextAfterWaiting(client.transport.eventLoop))
    }

    private func take(_ event: StreamInbox.Event) throws(RPCError) -> [UInt8]? {
        switch event {
        case .message(let message):
            if let key = inbox.key {
                client.transport.consumed(message.count, on: key)
            }
            return message
        case .end(nil): return nil
        case .end(let error?): throw error
        }
    }

    func cancel() {
        guard inbox.end == nil else {
            return
        }
        client.transport.cancel(token)
    }
}

/// A stream made of closures.
private struct ClosureStream: StreamCarrier {
    let sendMessage: @Sendable ([UInt8]) async throws(RPCError) -> Void
    let finishSending: @Sendable () -> Void
    let receiveMessage: @Sendable () async throws(RPCError) -> [UInt8]?
    let giveUp: @Sendable () -> Void

    var metadata: Metadata { .init() }

    func send(_ message: [UInt8]) async throws(RPCError) {
        try await sendMessage(message)
    }

    func finish() {
        finishSending()
    }

    func receive() async throws(RPCError) -> [UInt8]? {
        try await receiveMessage()
    }

    func receiveAndWait() throws(RPCError) -> [UInt8]? {
        throw RPCError(.unimplemented, "a stream of closures cannot be waited for by a thread")
    }

    func cancel() {
        giveUp()
    }
}
