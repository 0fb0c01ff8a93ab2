// SPDX-License-Identifier: Apache-2.0

import CFloor
import Foundation
import TTRPC

/// The RPC runtime by itself: the probe service, ours and containerd's in Go.
struct RuntimeStage {
    /// Bytes of the payload that is echoed.
    static let payloadBytes = 64
    /// Idle connections that are weighed.
    static let idleConnections = 400

    let settings: Settings
    private let folder: URL

    init(_ settings: Settings, folder: URL) {
        self.settings = settings
        self.folder = folder
    }

    private func ours(_ arguments: [String] = []) throws(BenchError) -> EchoServer {
        try EchoServer(
            [settings.echo] + arguments, socket: folder.appending(path: "echo-ours").path)
    }

    /// Debian's pair in Go; `nil` with a word where there is none.
    private func pair() throws(BenchError) -> (server: EchoServer, caller: GoCaller)? {
        guard let program = settings.goPeer else {
            say("  no Go here, so nothing is measured against ttrpc-go")
            return nil
        }
        let server = try EchoServer(
            [program, "serve"], socket: folder.appending(path: "echo-go").path)
        return (server, GoCaller(program: program, socket: server.socket))
    }

    /// One caller: what a round trip takes.
    func measureOneCaller(_ report: inout Report) async throws {
        say("Echo of \(Self.payloadBytes) bytes by the runtime, 1 caller")
        let server = try ours()
        let caller = EchoCaller(socket: server.socket, bytes: Self.payloadBytes)
        let count = settings.operations(4_000)
        var series = [
            Series(name: "rpc-echo") { try await caller.measure(calls: count) },
            Series(name: "rpc-echo-loop") {
                try await withTaskExecutorPreference(caller.client.executor) {
                    try await caller.measure(calls: count)
                }
            },
        ]
        let go = try pair()
        if let go {
            series.append(
                Series(name: "go-echo") {
                    try go.caller.measure(callers: 1, calls: count, bytes: Self.payloadBytes)
                })
        }
        let medians = try await interleave(blocks: settings.blocks, series)
        if go != nil {
            report.floor("go-echo", medians[2] / 1000, "us")
            report.add(
                "rpc-echo", medians[0] / 1000, "us", ratio: medians[0] / medians[2], .atMost(1.2))
            report.add(
                "rpc-echo-loop", medians[1] / 1000, "us", ratio: medians[1] / medians[2],
                .atMost(1.2))
        } else {
            report.floor("rpc-echo", medians[0] / 1000, "us")
            report.floor("rpc-echo-loop", medians[1] / 1000, "us")
        }
        withExtendedLifetime(server) {}
    }

    /// Many callers on one connection.
    func measureManyCallers(_ callers: Int, _ report: inout Report) async throws {
        say("Echo of \(Self.payloadBytes) bytes by the runtime, \(callers) callers")
        let server = try ours()
        let caller = EchoCaller(socket: server.socket, bytes: Self.payloadBytes)
        let count = settings.operations(20_000)
        // A block gives one time: nanoseconds per call.
        var series = [
            Series(name: "rpc-echo-\(callers), per call") {
                [try await caller.measure(callers: callers, calls: count) / UInt64(count)]
            },
            Series(name: "rpc-echo-\(callers)-loop, per call") {
                try await withTaskExecutorPreference(caller.client.executor) {
                    [try await caller.measure(callers: callers, calls: count) / UInt64(count)]
                }
            },
        ]
        let go = try pair()
        if let go {
            series.append(
                Series(name: "go-echo-\(callers), per call") {
                    try go.caller.measure(
                        callers: callers, calls: count, bytes: Self.payloadBytes
                    ).map { $0 / UInt64(count) }
                })
        }
        let medians = try await interleave(blocks: settings.blocks, series)
        if go != nil {
            report.floor("go-echo-\(callers)", 1e9 / medians[2], "calls/s")
        }
        for (name, median) in zip(["rpc-echo-\(callers)", "rpc-echo-\(callers)-loop"], medians) {
            if go != nil {
                report.add(
                    name, 1e9 / median, "calls/s", ratio: medians[2] / median, .atLeast(1))
            } else {
                report.floor(name, 1e9 / median, "calls/s")
            }
        }
        withExtendedLifetime(server) {}
    }

    /// Calls that one core serves, and what a connection at rest takes.
    func measureServer(_ report: inout Report) throws {
        say("The runtime's server")
        let server = try ours(["--connections-per-user", "\(Self.idleConnections + 64)"])
        let calls = PreparedCalls(service: EchoCaller.service, method: "Echo")
        for _ in 0..<settings.operations(100_000) {
            calls.append(EchoCaller.message(bytes: Self.payloadBytes))
        }
        let connections = try (0..<settings.connections).map { _ in
            try Caller(path: server.socket)
        }
        _ = try callMany(connections, callers: Settings.callers, calls)
        let before = try server.processorSeconds()
        _ = try callMany(connections, callers: Settings.callers, calls)
        let used = max(try server.processorSeconds() - before, 0.01)
        report.floor("rpc-core", Double(calls.count) / used, "calls/s")

        let one = PreparedCalls(service: EchoCaller.service, method: "Echo")
        one.append(EchoCaller.message(bytes: Self.payloadBytes))
        let resident = try server.residentBytes()
        // Each has made a call: one that never did is closed.
        let idle = try (0..<Self.idleConnections).map { _ in
            let caller = try Caller(path: server.socket)
            _ = try caller.call(one)
            return caller
        }
        let grown = try server.residentBytes() - resident
        report.floor("rpc-idle", max(grown, 0) / Double(idle.count), "bytes")
        withExtendedLifetime((server, connections, idle)) {}
    }

    /// What a stream that nobody reads does to the calls beside it, on the same connection.
    func measureBeside(_ report: inout Report) async throws {
        say("Echo beside an unread stream")
        let server = try ours()
        let quiet = EchoCaller(socket: server.socket, bytes: Self.payloadBytes)
        let beside = EchoCaller(socket: server.socket, bytes: Self.payloadBytes)
        let count = settings.operations(4_000)
        _ = try await quiet.measure(calls: count)
        _ = try await beside.measure(calls: count)
        let stream = try await beside.openUnread(itemBytes: 16 << 10)
        var idle: [Double] = []
        var busy: [Double] = []
        for _ in 0..<settings.blocks {
            idle.append(percentile99(try await quiet.measure(calls: count)))
            busy.append(percentile99(try await beside.measure(calls: count)))
        }
        stream.cancel()
        report.floor("rpc-p99", median(idle) / 1000, "us")
        report.add(
            "rpc-p99-beside", median(busy) / 1000, "us", ratio: median(busy) / median(idle),
            .atMost(3))
        withExtendedLifetime(server) {}
    }

    private func percentile99(_ times: [UInt64]) -> Double {
        let sorted = times.sorted()
        return Double(sorted[min(sorted.count - 1, sorted.count * 99 / 100)])
    }
}

/// The figures of the runtime that are asked for.
func measureRuntime(_ settings: Settings, folder: URL, _ report: inout Report) async throws {
    let stage = RuntimeStage(settings, folder: folder)
    if settings.wants("rpc-echo") { try await stage.measureOneCaller(&report) }
    if settings.wants("rpc-many") {
        for callers in [16, 64] { try await stage.measureManyCallers(callers, &report) }
    }
    if settings.wants("rpc-server") { try stage.measureServer(&report) }
    if settings.wants("rpc-beside") { try await stage.measureBeside(&report) }
}
