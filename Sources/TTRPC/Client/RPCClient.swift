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
    /// - Returns: the response's bytes.
    /// - Throws: ``RPCError``: the server's status, or the client's own when it got none:
    ///   UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED.
    func unary(
        _ method: MethodDescriptor, _ request: [UInt8], options: CallOptions
    ) async throws(RPCError) -> [UInt8]
}

extension RPCClient {
    /// Makes one unary call.
    ///
    /// - Throws: ``RPCError``; INTERNAL if the response cannot be decoded.
    public func unary<Request: Message, Response: Message>(
        _ method: MethodDescriptor, _ request: Request, options: CallOptions = .init()
    ) async throws(RPCError) -> Response {
        let bytes = try await unary(method, request.encoded(), options: options)
        do throws(DecodeError) {
            return try Response.decode(bytes.span)
        } catch {
            throw RPCError(
                .internal, "\(Response.protoName): \(error.reason) in the response")
        }
    }
}
