// SPDX-License-Identifier: Apache-2.0

/// A service of a proto file.
public struct Service: Sendable, Hashable {
    /// The full name, such as `aftersales.v1.OrderService`.
    public let name: String

    /// The methods in the order of the proto file.
    public let methods: [Method]

    /// The comment before it; empty if there is none.
    public let comment: String

    /// The method with this bare name.
    public func method(named name: String) -> Method? {
        methods.first { $0.name == name }
    }
}

/// A method of a service.
public struct Method: Sendable, Hashable {
    /// The full name of its service.
    public let service: String

    /// The bare name, such as `GetOrder`.
    public let name: String

    /// The full name of the request's message type.
    public let input: String

    /// The full name of the response's message type.
    public let output: String

    /// Whether the caller sends a stream of requests.
    public let isClientStreaming: Bool

    /// Whether the service answers with a stream of responses.
    public let isServerStreaming: Bool

    /// Whether running it twice does no harm, as the proto file says by `idempotency_level`.
    public let isIdempotent: Bool

    /// The comment before it; empty if there is none.
    public let comment: String

    /// Service and method as they are written together, such as
    /// `aftersales.v1.OrderService/GetOrder`.
    public var fullName: String {
        service + "/" + name
    }
}
