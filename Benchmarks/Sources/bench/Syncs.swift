// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Syncs of the disk per cancellation with many callers, counted by tracing the daemon.
///
/// Tracing slows the daemon down, so this is a run of its own and gives no time.
func measureSyncs(
    _ stage: Stage, _ cancels: inout CancelStage, database: URL, socket: String,
    _ report: inout Report
) throws {
    let name = "cancel-64-syncs"
    guard let strace = findProgram("strace") else {
        say("\(name): left out, there is no strace here")
        return
    }
    say("CancelItems, \(Settings.callers) callers, counting syncs")
    let trace = stage.settings.work.appending(path: "trace")
    let daemon: Daemon
    do {
        daemon = try Daemon(
            program: stage.settings.daemon, socket: socket, database: database,
            tracer: [
                strace, "--seccomp-bpf", "-f", "-qq", "-o", trace.path, "-e",
                "trace=fsync,fdatasync",
            ])
    } catch {
        say("\(name): left out, strace may not trace here: \(error)")
        return
    }
    let connections = try (0..<stage.settings.connections).map { _ in try Caller(path: socket) }
    let count = cancels.operations(3_200, share: 0.1, rounds: 1)
    _ = try callMany(
        connections, callers: Settings.callers,
        try cancels.calls(min(count, Settings.callers)))
    let before = try syncs(in: trace)
    _ = try callMany(connections, callers: Settings.callers, try cancels.calls(count))
    let after = try syncs(in: trace)
    // The tracer ends with what it traces.
    kill(daemon.tracedPID() ?? daemon.pid, SIGTERM)
    try daemon.waitUntilStopped()
    let perCall = Double(after - before) / Double(count)
    report.add(name, perCall, "syncs/call", ratio: perCall, .atMost(1.0 / 16))
}

/// Calls that the trace has so far; a call in two parts counts once.
private func syncs(in trace: URL) throws -> Int {
    let text = try String(contentsOf: trace, encoding: .utf8)
    return text.split(separator: "\n").count { line in
        line.contains("sync(") && !line.contains("resumed>")
    }
}

private func findProgram(_ name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/\(name)" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
}
