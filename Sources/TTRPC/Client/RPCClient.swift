// SPDX-License-Identifier: Apache-2.0

public import ProtobufC

/// Anything that can make calls: a ``Client``, or a fake in a test of what stands above it.
public protocol RPCClient: Sendable {
    /// Makes one unary call with encoded messages.
    ///
    /// - Parameters:
    ///   - method: the method, of kind ``CallKind/unary``.
    ///   - request: the request's bytes.
    ///   - options: timeout, metadata and whether repeating does no harm.
    /// - Returns: the response's bytes, and what the server said beside them.
    /// - Throws: ``RPCError``: the server's status, or the client's own when it got none:
    ///   UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED.
    func unary(
        _ method: MethodDescriptor, _ request: [UInt8], options: CallOptions
    ) async throws(RPCError) -> UnaryResponse

    /// Opens a stream of encoded messages.
    ///
    /// - Parameters:
    ///   - method: the method, of any kind but ``CallKind/unary``.
    ///   - request: the request's bytes if the method takes a single one, and `nil` if it takes
    ///     a stream.
    ///   - options: timeout of the whole stream, and metadata.
    /// - Returns: the stream, its request written; letting go of it gives the call up.
    /// - Throws: ``RPCError`` if there is no server to open it with.
    func open(
        _ method: MethodDescriptor, _ request: [UInt8]?, options: CallOptions
    ) async throws(RPCError) -> ClientStream
}

extension RPCClient {
    /// Makes one unary call.
    ///
    /// - Throws: ``RPCError``; INTERNAL if the response cannot be decoded.
    public func unary<Request: Message, Response: Message>(
        _ method: MethodDescriptor, _ request: Request, options: CallOptions = .init()
    ) async throws(RPCError) -> Response {
        let response = try await unary(method, request.encoded(), options: options)
        return try Response(response: response.payload)
    }

    /// Makes a call that is answered with a stream.
    ///
    /// - Returns: the responses; letting go of them gives the call up.
    /// - Throws: ``RPCError`` if there is no server to call. What the server itself objects to
    ///   comes from the stream.
    public func serverStreaming<Request: Message, Response: Message>(
        _ method: MethodDescriptor, _ request: Request, options: CallOptions = .init()
    ) async throws(RPCError) -> MessageStream<Response> {
        let stream = try await open(method, request.encoded(), options: options)
        return MessageStream(stream)
    }

    /// Makes a call whose request is a stream.
    ///
    /// - Parameters:
    ///   - method: the method, of kind ``CallKind/clientStreaming``.
    ///   - options: timeout of the whole call, and metadata.
    ///   - send: writes the requests; the stream of them ends with it. If it throws, the call is
    ///     given up.
    /// - Returns: the server's response, which may come before all requests are written.
    /// - Throws: ``RPCError``, the server's or that of `send`.
    public func clientStreaming<Request: Message, Response: Message>(
        _ method: MethodDescriptor, options: CallOptions = .init(),
        _ send: (RequestWriter<Request>) async throws(RPCError) -> Void
    ) async throws(RPCError) -> Response {
        let stream = try await open(method, nil, options: options)
        do throws(RPCError) {
            try await send(RequestWriter(stream))
        } catch {
            // A server that wants no more has answered already.
            guard error == .streamEnded else {
                stream.cancel()
                throw error
            }
        }
        stream.finish()
        guard let response = try await stream.receive() else {
            throw .noResponse
        }
        return try Response(response: response)
    }

    /// Makes a call with streams both ways.
    ///
    /// - Parameters:
    ///   - method: the method, of kind ``CallKind/bidirectionalStreaming``.
    ///   - options: timeout of the whole call, and metadata.
    ///   - body: writes requests and takes responses, in any order. The call ends with it: if the
    ///     server has not ended it by then, it is given up.
    /// - Returns: what `body` returns.
    /// - Throws: ``RPCError``, the server's or that of `body`.
    public func bidirectionalStreaming<Request: Message, Response: Message, Result>(
        _ method: MethodDescriptor, options: CallOptions = .init(),
        _ body: (RequestWriter<Request>, MessageStream<Response>) async throws(RPCError) -> Result
    ) async throws(RPCError) -> Result {
        let stream = try await open(method, nil, options: options)
        defer {
            stream.finish()
            stream.cancel()
        }
        return try await body(RequestWriter(stream), MessageStream(stream))
    }
}

extension MessageStream {
    /// The messages of a client's stream, which is given up with the last who holds them.
    fileprivate init(_ stream: ClientStream) {
        self.init { () async throws(RPCError) in try await stream.receive() }
    }
}

extension Message {
    /// Decodes a response.
    init(response bytes: [UInt8]) throws(RPCError) {
        do throws(DecodeError) {
            self = try Self.decode(bytes.span)
        } catch {
            throw RPCError(.internal, "\(Self.protoName): \(error.reason) in the response")
        }
    }
}
