// SPDX-License-Identifier: Apache-2.0

import ProtobufC
public import TTRPC

/// The standard health protocol, `grpc.health.v1.Health`, over a ``HealthBoard``.
public struct HealthService: HealthHandler {
    /// Services that one answer of List may have; beyond it List is RESOURCE_EXHAUSTED, as the
    /// protocol wants it of servers with many.
    public static let listedServicesMax = 100

    private let board: HealthBoard

    /// Tells what the board says.
    public init(board: HealthBoard) {
        self.board = board
    }

    /// Tells the status of one service; NOT_FOUND for one that is not on the board.
    public func check(
        _ request: HealthCheckRequest, _ call: ServerCall, _ reply: UnaryReply<HealthCheckResponse>
    ) {
        guard let status = board.status(of: request.service) else {
            return reply.fail(.noSuchService(request.service))
        }
        reply.succeed(HealthCheckResponse(status: status))
    }

    /// Tells the status of every service on the board.
    public func list(
        _ request: HealthListRequest, _ call: ServerCall, _ reply: UnaryReply<HealthListResponse>
    ) {
        let statuses = board.statuses
        guard statuses.count <= Self.listedServicesMax else {
            return reply.fail(
                .services(
                    .resourceExhausted, "more than \(Self.listedServicesMax) services",
                    reason: "TOO_MANY_SERVICES"))
        }
        let entries = statuses.map { service, status in
            HealthListResponse.StatusesEntry(
                key: service, value: HealthCheckResponse(status: status))
        }
        reply.succeed(HealthListResponse(statuses: entries.sortedByKey()))
    }

    /// Sends the status now and at every change, until the call ends.
    ///
    /// A client that reads slowly gets the newest status and never the same one twice in a row.
    public func watch(
        _ request: HealthCheckRequest, _ call: ServerCall,
        _ responses: ResponseWriter<HealthCheckResponse>
    ) async throws(RPCError) {
        var last: ServingStatus?
        for await status in board.watch(request.service) where status != last {
            last = status
            try await responses.write(HealthCheckResponse(status: status))
        }
        throw .services(.cancelled, "the watch has ended", reason: "CANCELLED")
    }
}
