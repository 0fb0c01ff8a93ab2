// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProtobufC
import Synchronization
import TTRPC

/// The bytes that hexadecimal digits stand for; blanks are passed over.
func hex(_ text: String) -> [UInt8] {
    let digits = text.filter { $0 != " " }.map { UInt8($0.hexDigitValue ?? 0) }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// A call as the runtime makes it, from this process.
func serverCall(_ method: MethodDescriptor) -> ServerCall {
    ServerCall(
        method: method, peer: Peer(uid: 0, gid: 0, pid: 1, groups: []),
        deadline: .now.advanced(by: .seconds(30)))
}

/// What a unary handler replies.
func outcome<Response: Message>(
    of type: Response.Type, _ handle: (ServerCall, UnaryReply<Response>) -> Void
) -> Result<Response, RPCError> {
    let box = OutcomeBox()
    let reply = UnaryReply<Response> { outcome in box.outcome.withLock { $0 = outcome } }
    handle(serverCall(MethodDescriptor(service: "s", name: "m", kind: .unary)), reply)
    switch box.outcome.withLock({ $0 }) {
    case .success(let bytes):
        return Result { try Response.decode(bytes.span) }.mapError { _ in RPCError(.internal) }
    case .failure(let error): return .failure(error)
    case nil: return .failure(RPCError(.internal, "no reply"))
    }
}

private final class OutcomeBox: Sendable {
    let outcome = Mutex<UnaryOutcome?>(nil)
}

/// Serves on a socket until `body` ends, which gets a client.
func withServer(
    _ registry: ServiceRegistry, _ body: (Client) async throws -> Void
) async throws {
    try await withServer(registry) { path, _ in try await body(Client(path: path)) }
}

/// Serves on a socket until `body` ends, which gets the socket's path.
func withServer(
    _ registry: ServiceRegistry, _ body: (String, Server) async throws -> Void
) async throws {
    let path = "/tmp/ttrpc-services-\(UUID().uuidString.prefix(8)).sock"
    let server = Server(services: registry)
    try await server.listen(at: path)
    do {
        try await body(path, server)
    } catch {
        await server.drain(grace: .zero)
        throw error
    }
    await server.drain(grace: .zero)
}

/// A generator whose numbers follow from its seed.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func next(below bound: Int) -> Int {
        Int.random(in: 0..<bound, using: &self)
    }
}
