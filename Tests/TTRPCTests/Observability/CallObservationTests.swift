// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization
import TTRPC
import Testing

/// Keeps what is logged.
private struct Lines: LogHandler {
    struct Line: Equatable {
        var level: Logger.Level
        var values: [String: String]
    }

    final class Kept: Sendable {
        let lines = Mutex<[Line]>([])
    }

    let kept = Kept()
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var values = (event.metadata ?? [:]).mapValues { "\($0)" }
        values["rpc.duration_us"] = nil
        values["peer.uid"] = nil
        kept.lines.withLock { $0.append(Line(level: event.level, values: values)) }
    }
}

@Suite struct CallObservationTests {
    @Test func `calls and streams are logged with their trace, and nothing of their content`()
        async throws
    {
        let lines = Lines()
        let log = CallLog(Logger(label: "test") { _ in lines })
        let traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        try await withProbeServer(interceptors: [log]) { server in
            let socket = try server.connect()
            socket.send(request(1, "C", [4], metadata: ["traceparent": traceparent]))
            _ = try socket.receiveFrame()
            socket.send(request(3, "Fail", [13]))
            _ = try socket.receiveFrame()
            socket.send(request(5, "S", flags: .remoteClosed))
            _ = try socket.receiveFrame()
            _ = try socket.receiveFrame()
        }
        #expect(
            lines.kept.lines.withLock { $0 } == [
                .init(
                    level: .debug,
                    values: [
                        "rpc.method": "a.B/C", "rpc.status": "OK",
                        "trace.id": "0af7651916cd43dd8448eb211c80319c",
                        "trace.span": "b7ad6b7169203331",
                    ]),
                .init(
                    level: .error, values: ["rpc.method": "a.B/Fail", "rpc.status": "INTERNAL"]),
                .init(level: .debug, values: ["rpc.method": "a.B/S", "rpc.status": "OK"]),
            ])
    }

    @Test func `calls are counted by method and status, and how long they took`() async throws {
        let statistics = CallStatistics()
        try await withProbeServer(interceptors: [statistics]) { server in
            let socket = try server.connect()
            for id in UInt32(0)..<10 { socket.send(request(2 * id + 1, "C")) }
            for _ in 0..<10 { _ = try socket.receiveFrame() }
            socket.send(request(21, "Fail", [5]))
            _ = try socket.receiveFrame()
        }
        let snapshot = statistics.snapshot
        let counted = try #require(snapshot[ProbeService.method("C")])
        #expect(counted.ended == [.ok: 10])
        #expect(counted.durations.reduce(0, +) == 10)
        #expect(counted.totalDuration > .zero)
        #expect(snapshot[ProbeService.method("Fail")]?.ended == [.notFound: 1])
    }

    @Test(arguments: [UInt64(0), 0xb7ad_6b71_6920_3331])
    func `a call carries the trace of its task, as a span of its own`(random: UInt64)
        async throws
    {
        let trace = try #require(
            TraceContext(
                traceparent: "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01"))
        try await withProbeServer { server in
            let client = Client(
                path: server.path, interceptors: [TracePropagation(random: { random })])
            _ = try await client.unary(ProbeService.method("C"), [], options: .init())
            _ = try await TraceContext.$current.withValue(trace) {
                try await client.unary(ProbeService.method("C"), [], options: .init())
            }
            _ = try await TraceContext.$current.withValue(trace) {
                try await client.unary(
                    ProbeService.method("C"), [],
                    options: CallOptions(metadata: ["traceparent": "mine"]))
            }
            let seen = server.probe.calls.map(\.metadata)
            #expect(seen[0] == [:])
            let carried = try #require(TraceContext(seen[1]))
            #expect(carried.traceID == trace.traceID && carried.isSampled)
            #expect(UInt64(carried.spanID, radix: 16) == max(random, 1))
            #expect(seen[2] == ["traceparent": "mine"])
        }
    }

    /// Refuses every call.
    private struct Closed: ServerInterceptor {
        func callBegan(_ call: ServerCall) throws(RPCError) {
            throw RPCError(.failedPrecondition, "closed")
        }

        func callEnded(_ call: ServerCall, status: StatusCode, duration: Duration) {}
    }

    @Test(arguments: ["C", "U"])
    func `an interceptor may refuse a call, and leaves nothing charged`(name: String)
        async throws
    {
        var limits = Limits.patient
        limits.callsPerUserMax = 1
        limits.callsPerConnectionMax = 1
        try await withProbeServer(limits: limits, interceptors: [Closed()]) { server in
            let socket = try server.connect()
            for id: UInt32 in [1, 3, 5] {
                socket.send(request(id, name))
                let answer = try #require(try socket.receiveFrame())
                #expect(outcome(answer.payload)?.code == .failedPrecondition)
            }
        }
    }
}
