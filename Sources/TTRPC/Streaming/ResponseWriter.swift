// SPDX-License-Identifier: Apache-2.0

public import ProtobufC

/// The responses of a streaming call on their way to the client.
public struct ResponseWriter<Response: Message>: Sendable {
    private let send: @Sendable ([UInt8]) async throws(RPCError) -> Void

    /// A writer that hands each encoded response to a closure.
    ///
    /// - Parameter send: returns when there is room for the next response.
    public init(_ send: @escaping @Sendable ([UInt8]) async throws(RPCError) -> Void) {
        self.send = send
    }

    /// Sends one response; returns when there is room for the next.
    ///
    /// - Throws: CANCELLED when the client has gone, DEADLINE_EXCEEDED when it no longer waits.
    public func write(_ response: Response) async throws(RPCError) {
        try await send(response.encoded())
    }
}
