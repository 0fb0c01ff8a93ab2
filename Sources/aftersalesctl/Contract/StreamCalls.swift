// SPDX-License-Identifier: Apache-2.0

import TTRPC
import TTRPCServices

/// The calls with streams that commands make; nil where the client has none.
struct StreamCalls: Sendable {
    /// The responses one by one; nil at the end.
    typealias Responses = @Sendable () async throws(RPCError) -> [UInt8]?

    /// Calls a method that answers one request with a stream.
    var serverStreaming:
        (
            @Sendable (MethodDescriptor, [UInt8], CallOptions) async throws(RPCError) -> Responses
        )?

    /// Asks ServerReflectionInfo some questions on one stream; one response for each.
    var reflection:
        (
            @Sendable ([ServerReflectionRequest], CallOptions) async throws(RPCError)
                -> [ServerReflectionResponse]
        )?

    /// No streams.
    static let none = StreamCalls()
}
