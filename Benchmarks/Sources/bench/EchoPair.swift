// SPDX-License-Identifier: Apache-2.0

import CFloor
import Foundation
import TTRPC

/// A running server of the probe service, ours or another.
final class EchoServer {
    let socket: String
    let pid: pid_t

    init(_ command: [String], socket: String) throws(BenchError) {
        self.socket = socket
        var started: pid_t = 0
        guard
            withArguments(command + ["--socket", socket], { floor_child_start($0, &started) }) == 0
        else { throw .floor(command.joined(separator: " ")) }
        pid = started
        for _ in 0..<500 {
            let fd = floor_connect(socket)
            if fd >= 0 {
                close(fd)
                return
            }
            usleep(10_000)
        }
        throw BenchError("\(command.joined(separator: " ")) does not listen")
    }

    deinit {
        var status: Int32 = 0
        _ = floor_child_stop(pid, &status)
    }

    /// Processor time that the server has used, in seconds.
    func processorSeconds() throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12])
        else { throw BenchError("/proc/\(pid)/stat has no times") }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Resident memory in bytes.
    func residentBytes() throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(pid)/statm", encoding: .utf8)
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Double(fields[1]) else {
            throw BenchError("/proc/\(pid)/statm has no pages")
        }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    }
}

/// containerd's client in Go, a process for each block.
struct GoCaller {
    let program: String
    let socket: String

    /// Nanoseconds: of each call with one caller, of all calls with more.
    func measure(callers: Int, calls: Int, bytes: Int) throws -> [UInt64] {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = ["measure", socket, "\(callers)", "\(calls)", "\(bytes)"]
        process.standardOutput = output
        try process.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchError("\(program) failed") }
        return text.split(separator: "\n").compactMap { UInt64($0) }
    }
}

/// Our client against the probe service.
struct EchoCaller: Sendable {
    static let service = "ttrpcprobe.v1.Echo"
    private static let echo = MethodDescriptor(service: service, name: "Echo", kind: .unary)
    private static let flood = MethodDescriptor(
        service: service, name: "Flood", kind: .serverStreaming)

    let client: Client
    private let request: [UInt8]

    init(socket: String, bytes: Int) {
        client = Client(path: socket)
        request = Self.message(bytes: bytes)
    }

    /// A BytesValue of so many bytes, fewer than 128.
    static func message(bytes: Int) -> [UInt8] {
        [0x0a, UInt8(bytes)] + [UInt8](repeating: 0, count: bytes)
    }

    /// One call after another, from the thread pool unless the task prefers another executor;
    /// nanoseconds of each.
    @concurrent func measure(calls: Int) async throws -> [UInt64] {
        var times: [UInt64] = []
        times.reserveCapacity(calls)
        for _ in 0..<calls {
            let start = floor_now()
            let response = try await client.unary(Self.echo, request, options: CallOptions())
            times.append(floor_now() - start)
            guard response.payload.count == request.count else { throw BenchError("not an echo") }
        }
        return times
    }

    /// Callers at the same time; nanoseconds of all calls.
    @concurrent func measure(callers: Int, calls: Int) async throws -> UInt64 {
        let start = floor_now()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<callers {
                let share = calls / callers + (caller < calls % callers ? 1 : 0)
                group.addTask { _ = try await measure(calls: share) }
            }
            try await group.waitForAll()
        }
        return floor_now() - start
    }

    /// Opens an endless stream that nobody reads; it ends when it is let go of.
    func openUnread(itemBytes: Int) async throws -> ClientStream {
        // An Int64Value.
        var bytes: [UInt8] = [0x08]
        var rest = itemBytes
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        return try await client.open(Self.flood, bytes + [UInt8(rest)], options: CallOptions())
    }
}
