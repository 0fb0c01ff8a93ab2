// SPDX-License-Identifier: Apache-2.0

import CFloor
import Glibc

/// Requests of one method, encoded and framed before the clock runs, sent by the callers in C.
final class PreparedCalls {
    private let service: String
    private let method: String
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    init(service: String, method: String) {
        self.service = service
        self.method = method
    }

    /// Drops what was prepared.
    func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// Prepares one more call.
    func append(_ payload: [UInt8]) {
        let start = bytes.count
        let size = floor_frame_size(service, method, payload.count)
        bytes.append(contentsOf: repeatElement(0, count: size))
        bytes.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            _ = floor_frame(base + start, service, method, payload, payload.count)
        }
        ends.append(start + size)
    }

    /// Calls prepared.
    var count: Int { ends.count }

    /// Bytes of the newest frame, header included.
    var lastFrameBytes: Int {
        ends.count > 1 ? ends[ends.count - 1] - ends[ends.count - 2] : ends.last ?? 0
    }

    /// Lends the frames to a caller in C.
    func withFrames<Result>(_ body: (floor_frames) throws -> Result) rethrows -> Result {
        try ends.withUnsafeBufferPointer { ends in
            try bytes.withUnsafeMutableBufferPointer { bytes in
                try body(
                    floor_frames(
                        bytes: bytes.baseAddress, ends: ends.baseAddress, count: ends.count))
            }
        }
    }
}

/// A blocking caller in C on a connection of its own.
final class Caller {
    fileprivate var state: floor_caller

    init(path: String) throws(BenchError) {
        let fd = floor_connect(path)
        guard fd >= 0 else { throw .floor("connect") }
        state = floor_caller(fd: fd, next_stream: 1, reply_bytes: 0)
    }

    deinit {
        close(state.fd)
    }

    /// Bytes of the last reply, header included.
    var lastReplyBytes: Int { state.reply_bytes }

    /// Makes all the calls one after another; nanoseconds of each.
    func call(_ calls: PreparedCalls) throws(BenchError) -> [UInt64] {
        var times = [UInt64](repeating: 0, count: calls.count)
        let result = calls.withFrames { frames in
            floor_call(&state, frames, 0, frames.count, &times)
        }
        guard result == 0 else { throw .floor("call") }
        return times
    }
}

/// Keeps `callers` calls in flight until all are made.
///
/// - Returns: nanoseconds from the first byte sent to the last reply read.
func callMany(
    _ connections: [Caller], callers: Int, _ calls: PreparedCalls
) throws(BenchError) -> UInt64 {
    var states = connections.map(\.state)
    var elapsed: UInt64 = 0
    let result = calls.withFrames { frames in
        floor_call_many(
            &states, states.count, callers, frames, 0, frames.count, &elapsed)
    }
    for (connection, state) in zip(connections, states) { connection.state = state }
    guard result == 0 else { throw .floor("calls") }
    return elapsed
}

extension BenchError {
    /// What the C side said of its last failure.
    static func floor(_ what: String) -> BenchError {
        BenchError("\(what): \(String(cString: floor_fault()))")
    }
}
