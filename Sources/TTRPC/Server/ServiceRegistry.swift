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
        table.insert(method) { payload, call, key, sink in
            let reply = UnaryReply<Response>(key, sink: sink)
            do throws(DecodeError) {
                handler(try Request.decode(payload), call, reply)
            } catch {
                reply.fail(RPCError(decoding: error, of: Request.protoName))
            }
        }
    }

    /// Registers a method that answers one request with a stream.
    ///
    /// Calls are answered UNIMPLEMENTED until streams are served.
    public mutating func addServerStreaming<Request: Message, Response: Message>(
        _ method: MethodDescriptor,
        _ handler:
            @escaping @Sendable (
                Request, ServerCall, ResponseWriter<Response>
            ) async throws(RPCError) -> Void
    ) {
        precondition(method.kind == .serverStreaming, "\(method) is not server streaming")
        addUnserved(method)
    }

    /// Registers a method that answers a stream of requests with one response.
    ///
    /// Calls are answered UNIMPLEMENTED until streams are served.
    public mutating func addClientStreaming<Request: Message, Response: Message>(
        _ method: MethodDescriptor,
        _ handler:
            @escaping @Sendable (
                MessageStream<Request>, ServerCall
            ) async throws(RPCError) -> Response
    ) {
        precondition(method.kind == .clientStreaming, "\(method) is not client streaming")
        addUnserved(method)
    }

    /// Registers a method with streams both ways.
    ///
    /// Calls are answered UNIMPLEMENTED until streams are served.
    public mutating func addBidirectionalStreaming<Request: Message, Response: Message>(
        _ method: MethodDescriptor,
        _ handler:
            @escaping @Sendable (
                MessageStream<Request>, ServerCall, ResponseWriter<Response>
            ) async throws(RPCError) -> Void
    ) {
        precondition(method.kind == .bidirectionalStreaming, "\(method) is not bidirectional")
        addUnserved(method)
    }

    private mutating func addUnserved(_ method: MethodDescriptor) {
        table.insert(method) { _, call, key, sink in
            sink.deliver(.failure(.unimplemented(call.method)), for: key)
        }
    }

    func find(service: Span<UInt8>, method: Span<UInt8>) -> MethodTable.Match {
        table.find(service: service, method: method)
    }
}
