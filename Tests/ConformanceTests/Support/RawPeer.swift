// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A blocking Unix socket: a peer that does exactly what a test says.
final class RawPeer {
    struct Failed: Error {
        var doing: String
        var errno: Int32
    }

    let descriptor: Int32

    /// Takes over an open socket.
    init(descriptor: Int32) {
        self.descriptor = descriptor
        // So long that only what never comes is missed.
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    convenience init(path: String) throws {
        self.init(descriptor: socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
        let connected = Self.withAddress(path) { connect(descriptor, $0, $1) }
        guard connected == 0 else { throw Failed(doing: "connect", errno: errno) }
    }

    deinit {
        close(descriptor)
    }

    static func withAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    /// Sends all bytes; false if the peer has gone.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    descriptor, $0.baseAddress.map { $0 + sent }, bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Sends what the socket takes at once; how much that was, nil if the peer has gone.
    func sendWithoutWaiting(_ bytes: ArraySlice<UInt8>) -> Int? {
        let count = bytes.withUnsafeBytes {
            Glibc.send(
                descriptor, $0.baseAddress, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        }
        guard count < 0 else { return count }
        return errno == EAGAIN ? 0 : nil
    }

    /// Reads exactly `count` bytes; nil at the end of the stream.
    func receive(_ count: Int) throws -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var received = 0
        while received < count {
            let got = bytes.withUnsafeMutableBytes {
                recv(descriptor, $0.baseAddress.map { $0 + received }, count - received, 0)
            }
            if got == 0 || (got < 0 && errno == ECONNRESET) { return nil }
            guard got > 0 else { throw Failed(doing: "recv", errno: errno) }
            received += got
        }
        return bytes
    }

    /// Reads one frame; nil at the end of the stream.
    func next() throws -> WireFrame? {
        guard let header = try receive(10) else { return nil }
        let length = header[0..<4].reduce(0) { $0 << 8 | Int($1) }
        let id = header[4..<8].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard let payload = length == 0 ? [] : try receive(length) else { return nil }
        return WireFrame(id: id, type: header[8], flags: header[9], payload: payload)
    }

    /// Reads frames until one is the final one of a stream: a Response, or Data that closes it.
    func untilEnd(of id: UInt32, atMost count: Int = .max) throws -> [WireFrame] {
        var frames: [WireFrame] = []
        while frames.count < count, let frame = try next() {
            frames.append(frame)
            let isLast =
                frame.type == Wire.response
                || (frame.type == Wire.data && frame.flags & Wire.remoteClosed != 0)
            if frame.id == id, isLast { break }
        }
        return frames
    }

    /// Whether there is something to read at this moment.
    func hasInput() throws -> Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let ready = Glibc.poll(&poll, 1, 0)
        guard ready >= 0 else { throw Failed(doing: "poll", errno: errno) }
        return ready > 0
    }

    /// Whether the stream ends before another byte comes.
    func isAtEnd() throws -> Bool {
        try receive(1) == nil
    }

    func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }
}

/// A listening socket whose server is a test.
final class RawListener {
    let path: String
    private let descriptor: Int32

    init(path: String) throws {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard RawPeer.withAddress(path, { bind(descriptor, $0, $1) }) == 0,
            listen(descriptor, 8) == 0
        else { throw RawPeer.Failed(doing: "listen", errno: errno) }
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    /// Waits for a client.
    func accept() throws -> RawPeer {
        let connection = Glibc.accept(descriptor, nil, nil)
        guard connection >= 0 else { throw RawPeer.Failed(doing: "accept", errno: errno) }
        return RawPeer(descriptor: connection)
    }
}
