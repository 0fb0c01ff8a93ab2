// SPDX-License-Identifier: Apache-2.0

import ProtobufC

/// The standard health protocol, grpc.health.v1.Health: Check and List.
///
/// ```swift
/// HealthService(services: services.services) { _ in
///     isDraining() ? .notServing : .serving
/// }.register(in: &services)
/// ```
public struct HealthService: Sendable {
    /// Gives the status of one service.
    public static let check = MethodDescriptor(
        service: "grpc.health.v1.Health", name: "Check", kind: .unary)

    /// Gives the status of every service.
    public static let list = MethodDescriptor(
        service: "grpc.health.v1.Health", name: "List", kind: .unary)

    /// Gives the status now and at every change; UNIMPLEMENTED until streams are served.
    public static let watch = MethodDescriptor(
        service: "grpc.health.v1.Health", name: "Watch", kind: .serverStreaming)

    private let services: Set<String>
    private let status: @Sendable (String) -> ServingStatus

    /// Makes the service.
    ///
    /// - Parameters:
    ///   - services: the full names that are known beside the empty one, which stands for the
    ///     server as a whole.
    ///   - status: tells the status of one of them; called on an event loop, so it must be quick.
    public init(
        services: some Sequence<String>, status: @escaping @Sendable (String) -> ServingStatus
    ) {
        self.services = Set(services).union([""])
        self.status = status
    }

    /// Registers the methods.
    ///
    /// Check of a name that is not known answers NOT_FOUND.
    public func register(in registry: inout ServiceRegistry) {
        registry.addUnary(Self.check) {
            (request: HealthCheckRequest, _, reply: UnaryReply<HealthCheckResponse>) in
            guard services.contains(request.service) else {
                return reply.fail(
                    .runtime(.notFound, "service \(request.service)", reason: "NO_SUCH_SERVICE"))
            }
            reply.succeed(HealthCheckResponse(status: status(request.service)))
        }
        registry.addUnary(Self.list) {
            (_: HealthListRequest, _, reply: UnaryReply<HealthListResponse>) in
            let all = services.map { ($0, status($0)) }
            reply.succeed(HealthListResponse(statuses: Dictionary(uniqueKeysWithValues: all)))
        }
        registry.addServerStreaming(Self.watch) {
            (_: HealthCheckRequest, _, _: ResponseWriter<HealthCheckResponse>) in
        }
    }
}
