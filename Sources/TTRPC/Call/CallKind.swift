// SPDX-License-Identifier: Apache-2.0

/// How many messages go each way in a call.
public enum CallKind: Sendable, Hashable {
    /// One request, one response.
    case unary
    /// One request, any number of responses.
    case serverStreaming
    /// Any number of requests, one response.
    case clientStreaming
    /// Any number of messages each way, in any order.
    case bidirectionalStreaming

    /// Whether the client sends any number of messages.
    public var streamsRequests: Bool {
        self == .clientStreaming || self == .bidirectionalStreaming
    }

    /// Whether the server sends any number of messages.
    public var streamsResponses: Bool {
        self == .serverStreaming || self == .bidirectionalStreaming
    }
}
