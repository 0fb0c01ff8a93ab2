// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOPosix
import Synchronization
import TTRPC

/// A service with one method for each way in which a call can go.
final class ProbeService: Sendable {
    struct Held: Sendable {
        let call: ServerCall
        let reply: UnaryReply<Raw>
    }

    private let held = Mutex<[Held]>([])
    private let seenCalls = Mutex<[ServerCall]>([])

    /// How the streams ended, as their handlers saw it.
    let ends = Mutex<[StatusCode]>([])
    /// Items of `Endless` that were taken.
    let itemsSent = Atomic<Int>(0)
    /// Whether `Late` may begin.
    let mayTake = Atomic<Bool>(false)
    /// The calls of `Late`.
    let lateCalls = Mutex<[ServerCall]>([])

    static func method(_ name: String) -> MethodDescriptor {
        MethodDescriptor(service: "a.B", name: name, kind: .unary)
    }

    /// The calls of `C` so far.
    var calls: [ServerCall] {
        seenCalls.withLock { $0 }
    }

    /// Takes the held calls when there are as many as this.
    func takeHeld(_ count: Int) async -> [Held] {
        while true {
            let taken = held.withLock { held -> [Held]? in
                guard held.count >= count else { return nil }
                defer { held = [] }
                return held
            }
            if let taken { return taken }
            try? await Task.sleep(for: .milliseconds(1))
        }
    }

    func registry() -> ServiceRegistry {
        var registry = ServiceRegistry()
        register(in: &registry)
        return registry
    }

    func register(in registry: inout ServiceRegistry) {
        // Echoes at once.
        registry.addUnary(Self.method("C")) { (request: Raw, call, reply: UnaryReply<Raw>) in
            self.seenCalls.withLock { $0.append(call) }
            reply.succeed(encoded: request.bytes)
        }
        // Waits for the test.
        registry.addUnary(Self.method("Hold")) { (_: Raw, call, reply: UnaryReply<Raw>) in
            self.held.withLock { $0.append(Held(call: call, reply: reply)) }
        }
        registry.addUnary(Self.method("Drop")) { (_: Raw, _, _: UnaryReply<Raw>) in }
        registry.addUnary(Self.method("Twice")) { (_: Raw, _, reply: UnaryReply<Raw>) in
            reply.succeed(encoded: [1])
            reply.succeed(encoded: [2])
        }
        // Says something beside the response.
        registry.addUnary(Self.method("Mark")) { (request: Raw, _, reply: UnaryReply<Raw>) in
            reply.succeed(encoded: request.bytes, metadata: ["mark": "yes"])
        }
        // As many bytes as the request has, times 64 KiB.
        registry.addUnary(Self.method("Big")) { (request: Raw, _, reply: UnaryReply<Raw>) in
            let count = request.bytes.count << 16
            reply.succeed(encoded: [UInt8](repeating: 7, count: count))
        }
        registry.addUnary(Self.method("Fail")) { (request: Raw, _, reply: UnaryReply<Raw>) in
            let code = StatusCode(rawValue: Int32(request.bytes.first ?? 0))
            let info = ErrorInfo(reason: "ASKED_FOR", domain: "test", metadata: [("k", "v")])
            reply.fail(RPCError(code, "as asked", details: [AnyDetail(info)]))
        }
        // Echoes from another thread.
        registry.addUnary(Self.method("Later")) { (request: Raw, _, reply: UnaryReply<Raw>) in
            let other = MultiThreadedEventLoopGroup.singleton.next()
            other.execute { reply.succeed(encoded: request.bytes) }
        }
        registerStreams(in: &registry)
    }
}

extension Limits {
    /// The defaults, but no peer is too slow: a busy machine must not decide a test.
    static var patient: Limits {
        var limits = Limits()
        limits.firstFrame = .seconds(3_600)
        limits.startedFrame = .seconds(3_600)
        limits.writeStall = .seconds(3_600)
        return limits
    }
}

/// A server with the probe service, listening.
struct ProbeServer {
    let probe = ProbeService()
    let server: Server
    let path = temporarySocketPath()

    init(
        limits: Limits = .patient, loops: Int = 1, interceptors: [any ServerInterceptor] = [],
        authorize: @escaping Authorize = { _, _ in .allowed }
    ) async throws {
        var registry = ServiceRegistry()
        probe.register(in: &registry)
        server = Server(
            services: registry,
            configuration: ServerConfiguration(limits: limits, eventLoopCount: loops),
            authorize: authorize, interceptors: interceptors,
            logger: Logger(label: "probe") { _ in SwiftLogNoOpLogHandler() })
        try await server.listen(at: path)
    }

    func connect() throws -> RawSocket {
        try RawSocket(path: path)
    }

    func stop() async {
        await server.drain(grace: .milliseconds(0))
    }
}

/// Runs a test against a server and stops the server whatever happens.
func withProbeServer(
    limits: Limits = .patient, loops: Int = 1, interceptors: [any ServerInterceptor] = [],
    authorize: @escaping Authorize = { _, _ in .allowed },
    _ body: (ProbeServer) async throws -> Void
) async throws {
    let server = try await ProbeServer(
        limits: limits, loops: loops, interceptors: interceptors, authorize: authorize)
    do {
        try await body(server)
    } catch {
        await server.stop()
        throw error
    }
    await server.stop()
}
