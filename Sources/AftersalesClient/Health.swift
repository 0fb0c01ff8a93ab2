// SPDX-License-Identifier: Apache-2.0

public import TTRPC
public import TTRPCServices

extension AftersalesClient {
    /// Asks the daemon whether it serves: grpc.health.v1.
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
        // An empty name asks for the daemon as a whole.
        try await HealthClient(rpc).check(HealthCheckRequest(), options: options).status
    }
}
