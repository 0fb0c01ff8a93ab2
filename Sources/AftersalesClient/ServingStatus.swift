// SPDX-License-Identifier: Apache-2.0

import ProtobufC
public import TTRPC

/// What the daemon answers when it is asked whether it serves: grpc.health.v1.
public enum ServingStatus: Sendable, Hashable {
    /// Calls are taken.
    case serving
    /// The daemon is there and does not take calls, as when it starts or stops.
    case notServing
    /// Another number of grpc.health.v1, or none.
    case unknown(Int32)
}

extension AftersalesClient {
    /// Asks the daemon whether it serves.
    ///
    /// No role is needed. The call does not touch the database.
    ///
    /// - Parameter options: of the call.
    /// - Returns: what the daemon says.
    /// - Throws: ``RPCError``; UNAVAILABLE when no daemon is there, INTERNAL when the answer is
    ///   malformed.
    public func health(
        options: CallOptions = .idempotent
    ) async throws(RPCError) -> ServingStatus {
        let check = MethodDescriptor(
            service: "grpc.health.v1.Health", name: "Check", kind: .unary)
        // An empty request asks for the daemon as a whole.
        let response = try await rpc.unary(check, [], options: options)
        do throws(DecodeError) {
            return try ServingStatus(healthCheckResponse: response)
        } catch {
            throw RPCError(.internal, "malformed grpc.health.v1.HealthCheckResponse")
        }
    }
}

extension ServingStatus {
    /// Reads a `HealthCheckResponse`, whose only field is the status with the number 1.
    init(healthCheckResponse bytes: [UInt8]) throws(DecodeError) {
        var number: Int32 = 0
        var reader = WireReader(bytes.span)
        while let field = try reader.nextField() {
            switch (field.number, field.wireType) {
            case (1, .varint): number = Int32(truncatingIfNeeded: try reader.varint())
            default: try reader.skip(field.wireType)
            }
        }
        switch number {
        case 1: self = .serving
        case 2: self = .notServing
        default: self = .unknown(number)
        }
    }
}
