// SPDX-License-Identifier: Apache-2.0

/// The name and shape of one method of a service.
public struct MethodDescriptor: Sendable, Hashable, CustomStringConvertible {
    /// The full proto name of the service, such as `grpc.health.v1.Health`.
    public var service: String

    /// The bare name of the method, such as `Check`.
    public var name: String

    /// How many messages go each way.
    public var kind: CallKind

    /// Makes a descriptor.
    public init(service: String, name: String, kind: CallKind) {
        self.service = service
        self.name = name
        self.kind = kind
    }

    /// Service and method in one word, such as `grpc.health.v1.Health/Check`.
    public var fullName: String {
        "\(service)/\(name)"
    }

    /// The same as ``fullName``.
    public var description: String {
        fullName
    }
}
