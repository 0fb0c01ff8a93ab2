// SPDX-License-Identifier: Apache-2.0

public import ProtobufC

/// The methods that a server answers, with their handlers.
public struct ServiceRegistry: Sendable {
    private var table = MethodTable()

    /// A registry without methods.
    public init() {}

    /// The registered methods, sorted by their full names.
    public var methods: [MethodDescriptor] {
        table.descriptors.sorted { $0.fullName < $1.fullName }
    }

    /// The names of the services that have a method here, sorted.
    public var services: [String] {
        Set(table.descriptors.map(\.service)).sorted()
    }

    /// Registers a unary method; a method registered before under the same name is replaced.
    ///
    /// - Parameters:
    ///   - method: service, name and kind ``CallKind/unary``.
    ///   - handler: called on the event loop of the call's connection, so it must not block. It
    ///     replies once, then or later, from any thread.
    public mutating func addUnary<Request: Message, Response: Message>(
        _ method: MethodDescriptor,
        _ handler: @escaping @Sendable (Request, ServerCall, UnaryReply<Response>) -> Void
    ) {
        precondition(method.kind == .unary, "\(method) is not unary")
        table.insert(
            method,
            .unary { payload, call, key, sink in
                let reply = UnaryReply<Response>(key, sink: sink)
                do throws(DecodeError) {
                    handler(try Request.decode(payload), call, reply)
                } catch {
                    reply.fail(RPCError(decoding: error, of: Request.protoName))
                }
            })
    }

    /// Registers a method that answers one request with a stream.
    ///
    /// - Parameters:
    ///   - method: service, name and kind ``CallKind/serverStreaming``.
    ///   - handler: a task whose executor is the event loop of the call's connection, so it must
    ///     not block. The stream ends when it returns. It is cancelled when nobody waits for the
    ///     stream any more.
    public mutating func addServerStreaming<Request: Message, Response: Message>(
        _ method: MethodDescriptor,
        _ handler:
            @escaping @Sendable (
                Request, ServerCall, ResponseWriter<Response>
            ) async throws(RPCError) -> Void
    ) {
        precondition(method.kind == .serverStreaming, "\(method) is not server streaming")
        table.insert(
            method,
            .stream { (payload, call, stream) async throws(RPCError) in
                let request: Request
                do throws(DecodeError) {
                    request = try Request.decode(payload.span)
                } catch {
                    throw RPCError(decoding: error, of: Request.protoName)
                }
                try await handler(request, call, ResponseWriter(stream))
                return nil
            })
    }

    /// Registers a method that answers a stream of requests with one response.
    ///
    /// - Parameters:
    ///   - method: service, name and kind ``CallKind/clientStreaming``.
    ///   - handler: a task like that of
    ///     ``addServerStreaming(_:_:)``. Requests that it leaves are dropped.
    public mutating func addClientStreaming<Request: Message, Response: Message>(
        _ method: MethodDescriptor,
        _ handler:
            @escaping @Sendable (
                MessageStream<Request>, ServerCall
            ) async throws(RPCError) -> Response
    ) {
        precondition(method.kind == .clientStreaming, "\(method) is not client streaming")
        table.insert(
            method,
            .stream { (_, call, stream) async throws(RPCError) in
                try await handler(MessageStream(stream), call).encoded()
            })
    }

    /// Registers a method with streams both ways.
    ///
    /// - Parameters:
    ///   - method: service, name and kind ``CallKind/bidirectionalStreaming``.
    ///   - handler: a task like that of ``addServerStreaming(_:_:)``.
    public mutating func addBidirectionalStreaming<Request: Message, Response: Message>(
        _ method: MethodDescriptor,
        _ handler:
            @escaping @Sendable (
                MessageStream<Request>, ServerCall, ResponseWriter<Response>
            ) async throws(RPCError) -> Void
    ) {
        precondition(method.kind == .bidirectionalStreaming, "\(method) is not bidirectional")
        table.insert(
            method,
            .stream { (_, call, stream) async throws(RPCError) in
                try await handler(MessageStream(stream), call, ResponseWriter(stream))
                return nil
            })
    }

    func find(service: Span<UInt8>, method: Span<UInt8>) -> MethodTable.Match {
        table.find(service: service, method: method)
    }
}

extension MessageStream {
    fileprivate init(_ stream: ServerStream) {
        self.init { () async throws(RPCError) in try await stream.receive() }
    }
}

extension ResponseWriter {
    fileprivate init(_ stream: ServerStream) {
        self.init { (item) async throws(RPCError) in try await stream.send(item) }
    }
}
