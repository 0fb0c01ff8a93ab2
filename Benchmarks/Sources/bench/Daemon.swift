// SPDX-License-Identifier: Apache-2.0

import CFloor
import Foundation

/// A running `aftersalesd`.
final class Daemon {
    let socket: String
    let pid: pid_t
    /// From just before it was started to its READY, in nanoseconds.
    let readyTime: UInt64
    private var isRunning = true

    /// Starts the daemon, behind a tracer's own command if one is given, and waits until it serves.
    init(
        program: String, socket: String, database: URL, tracer: [String] = []
    ) throws(BenchError) {
        var started = floor_daemon()
        let command = tracer + [program, "--socket", socket, "--database", database.path]
        let result = withArguments(command) {
            floor_daemon_start(
                $0, socket + ".notify", Self.log(beside: database).path, 60_000, &started)
        }
        guard result == 0 else { throw .floor(command.joined(separator: " ")) }
        self.socket = socket
        pid = started.pid
        readyTime = started.ready_ns
    }

    deinit {
        var status: Int32 = 0
        if isRunning { _ = floor_child_stop(pid, &status) }
    }

    /// What daemons of a database's folder have said.
    static func log(beside database: URL) -> URL {
        database.deletingLastPathComponent().appending(path: "daemon.log")
    }

    /// Asks it to end and waits for that.
    func stop() throws(BenchError) {
        isRunning = false
        var status: Int32 = 0
        guard floor_child_stop(pid, &status) == 0 else { throw .floor("stop") }
        guard status == 0 else { throw BenchError("the daemon ended with status \(status)") }
    }

    /// Waits for a daemon that somebody else asked to end.
    func waitUntilStopped() throws(BenchError) {
        isRunning = false
        var status: Int32 = 0
        guard waitpid(pid, &status, 0) == pid else { throw BenchError("waitpid failed") }
    }

    /// Resident memory, in megabytes.
    func residentMegabytes() throws -> Double {
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        for line in status.split(separator: "\n") where line.hasPrefix("VmRSS:") {
            let fields = line.split(whereSeparator: \.isWhitespace)
            if fields.count == 3, let kib = Double(fields[1]) { return kib * 1024 / 1e6 }
        }
        throw BenchError("/proc/\(pid)/status has no VmRSS")
    }

    /// The daemon where a tracer was started in front of it.
    func tracedPID() -> pid_t? {
        let path = "/proc/\(pid)/task/\(pid)/children"
        let text = try? String(contentsOfFile: path, encoding: .utf8)
        return text?.split(separator: " ").first.flatMap { pid_t($0) }
    }
}
