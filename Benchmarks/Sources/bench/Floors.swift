// SPDX-License-Identifier: Apache-2.0

import CFloor
import Glibc

/// The raw socket: one process that sends, one that answers, nothing in between.
final class RawSocket {
    private let path: String
    private var pid: pid_t = 0

    init(program: String, path: String) throws(BenchError) {
        self.path = path
        guard withArguments([program, path], { floor_child_start($0, &pid) }) == 0 else {
            throw .floor("floor-server")
        }
        for _ in 0..<200 {
            let fd = floor_connect(path)
            if fd >= 0 {
                close(fd)
                return
            }
            usleep(10_000)
        }
        throw .floor("floor-server")
    }

    deinit {
        var status: Int32 = 0
        _ = floor_child_stop(pid, &status)
        unlink(path)
    }

    /// Nanoseconds of each round trip of so many bytes.
    func pingPong(request: Int, reply: Int, count: Int) throws(BenchError) -> [UInt64] {
        let fd = floor_connect(path)
        guard fd >= 0 else { throw .floor("floor-server") }
        defer { close(fd) }
        var times = [UInt64](repeating: 0, count: count)
        let sizes = (UInt32(request), UInt32(reply))
        guard floor_ping_begin(fd, sizes.0, sizes.1) == 0,
            floor_ping(fd, sizes.0, sizes.1, count, &times) == 0
        else { throw .floor("ping-pong") }
        return times
    }
}

/// Raw SQLite reading an order.
final class RawReader {
    private let handle: OpaquePointer

    init(path: String) throws(BenchError) {
        guard let handle = floor_reader_open(path) else { throw .floor("raw reader") }
        self.handle = handle
    }

    deinit {
        floor_reader_close(handle)
    }

    /// Nanoseconds of each order's reads.
    func read(_ orders: [Int64]) throws(BenchError) -> [UInt64] {
        var times = [UInt64](repeating: 0, count: orders.count)
        guard floor_read(handle, orders, orders.count, &times) == 0 else {
            throw .floor("raw reader")
        }
        return times
    }
}

/// Raw SQLite writing a cancellation's rows.
final class RawWriter {
    private let handle: OpaquePointer

    init(path: String) throws(BenchError) {
        guard let handle = floor_writer_open(path) else { throw .floor("raw writer") }
        self.handle = handle
    }

    deinit {
        floor_writer_close(handle)
    }

    /// Rows of the last transaction.
    var rowsWritten: Int64 { floor_rows_written(handle) }

    /// Nanoseconds of each transaction of `batch` orders; each order is the first unit of a line.
    func write(_ targets: [floor_target], batch: Int) throws(BenchError) -> [UInt64] {
        var times = [UInt64](repeating: 0, count: (targets.count + batch - 1) / batch)
        guard floor_write(handle, targets, targets.count, batch, &times) == 0 else {
            throw .floor("raw writer")
        }
        return times
    }
}

/// Lends arguments as C's `argv`.
func withArguments<Result>(
    _ arguments: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return body(&pointers)
}
