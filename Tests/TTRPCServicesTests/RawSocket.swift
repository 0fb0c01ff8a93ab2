// SPDX-License-Identifier: Apache-2.0

import Glibc
import ProtobufC
import TTRPC

/// A blocking Unix socket: a peer that sends and reads frames by hand.
final class RawSocket {
    struct Frame: Equatable {
        var type: UInt8
        var flags: UInt8
        var payload: [UInt8]

        /// Whether it is the last of its stream.
        var isLast: Bool { type == 2 || flags & 1 == 1 }
    }

    struct Failed: Error {
        var errno: Int32
    }

    private let descriptor: Int32

    init(path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else { throw Failed(errno: errno) }
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
    }

    /// Sends a Request frame on stream 1.
    func call(_ method: MethodDescriptor, flags: UInt8, _ request: [UInt8] = []) {
        var writer = WireWriter(capacity: 64 + request.count)
        writer.writeString(method.service, field: 1)
        writer.writeString(method.name, field: 2)
        writer.writeBytes(request, field: 3)
        send(type: 1, flags: flags, writer.finish())
    }

    /// Sends a frame on stream 1.
    func send(type: UInt8, flags: UInt8, _ payload: [UInt8]) {
        let count = UInt32(payload.count)
        let length = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
        let frame = length + [0, 0, 0, 1, type, flags] + payload
        _ = frame.withUnsafeBytes {
            Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
    }

    /// Reads one frame; nil when the server has closed.
    func receive() throws -> Frame? {
        guard let header = try receive(10) else { return nil }
        let length = header[0..<4].reduce(0) { $0 << 8 | Int($1) }
        guard let payload = length == 0 ? [] : try receive(length) else { return nil }
        return Frame(type: header[8], flags: header[9], payload: payload)
    }

    private func receive(_ count: Int) throws -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var part = [UInt8](repeating: 0, count: count - bytes.count)
            let got = part.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if got == 0 { return nil }
            guard got > 0 else { throw Failed(errno: errno) }
            bytes += part[..<got]
        }
        return bytes
    }
}
