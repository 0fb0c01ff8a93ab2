// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A blocking Unix socket: a peer that does exactly what a test says.
final class RawSocket {
    struct Frame: Equatable {
        var id: UInt32
        var type: UInt8
        var flags: UInt8
        var payload: [UInt8]
    }

    struct Failed: Error {
        var doing: String
        var errno: Int32
    }

    let fileDescriptor: Int32

    init(fileDescriptor: Int32) {
        self.fileDescriptor = fileDescriptor
    }

    convenience init(path: String, receiveSeconds: Int = 30) throws {
        self.init(fileDescriptor: socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
        var address = Self.address(path)
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(fileDescriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else { throw Failed(doing: "connect", errno: errno) }
        var limit = timeval(tv_sec: receiveSeconds, tv_usec: 0)
        setsockopt(
            fileDescriptor, SOL_SOCKET, SO_RCVTIMEO, &limit,
            socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(fileDescriptor)
    }

    static func address(_ path: String) -> sockaddr_un {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { target in
            for (index, byte) in path.utf8.enumerated() {
                target[index] = byte
            }
        }
        return address
    }

    /// Sends all bytes; false if the peer has gone.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    fileDescriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Reads exactly `count` bytes; `nil` at the end of the stream.
    func receive(_ count: Int) throws -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var received = 0
        while received < count {
            let got = bytes.withUnsafeMutableBytes {
                recv(fileDescriptor, $0.baseAddress?.advanced(by: received), count - received, 0)
            }
            if got == 0 || (got < 0 && errno == ECONNRESET) { return nil }
            guard got > 0 else { throw Failed(doing: "recv", errno: errno) }
            received += got
        }
        return bytes
    }

    /// Reads one frame; `nil` at the end of the stream.
    func receiveFrame() throws -> Frame? {
        guard let header = try receive(10) else { return nil }
        let length = header[0..<4].reduce(0) { $0 << 8 | Int($1) }
        let id = header[4..<8].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard let payload = length == 0 ? [] : try receive(length) else { return nil }
        return Frame(id: id, type: header[8], flags: header[9], payload: payload)
    }

    /// Whether the stream ends before another byte comes.
    func isAtEnd() throws -> Bool {
        try receive(1) == nil
    }

    func finishSending() {
        shutdown(fileDescriptor, Int32(SHUT_WR))
    }
}

/// A path for a socket that no other test uses.
func temporarySocketPath() -> String {
    "/tmp/ttrpc-\(getpid())-\(UInt32.random(in: .min ... .max)).sock"
}
