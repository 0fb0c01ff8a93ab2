// SPDX-License-Identifier: Apache-2.0

/// What a server answered to a unary call.
public struct UnaryResponse: Sendable, Hashable {
    /// The bytes of the response message.
    public var payload: [UInt8]

    /// What the server said beside it; empty from servers without response metadata.
    public var metadata: Metadata

    /// Makes a response.
    public init(payload: [UInt8], metadata: Metadata = .init()) {
        self.payload = payload
        self.metadata = metadata
    }
}
