// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import TTRPC
import TTRPCServices

extension StreamCalls {
    /// Streams through a client's connection.
    init(_ client: any RPCClient) {
        serverStreaming = { (method, request, options) async throws(RPCError) in
            let stream = try await client.open(method, request, options: options)
            return { () async throws(RPCError) in try await stream.receive() }
        }
        reflection = { (requests, options) async throws(RPCError) in
            let method = ServerReflectionMethod.serverReflectionInfo
            let stream = try await client.open(method, nil, options: options)
            var responses: [ServerReflectionResponse] = []
            // One by one, so that neither side has more than one message under way.
            for request in requests {
                try await stream.send(request.encoded())
                guard let bytes = try await stream.receive() else {
                    throw RPCError(.internal, "the server ended reflection before its last answer")
                }
                do throws(DecodeError) {
                    responses.append(try ServerReflectionResponse.decode(bytes.span))
                } catch {
                    throw RPCError(.internal, "\(method): \(error.reason) in the response")
                }
            }
            stream.finish()
            return responses
        }
    }
}
