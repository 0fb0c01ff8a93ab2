// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore
import NIOPosix
import TTRPC

/// A server that does exactly what a test says, on a thread of its own.
final class ScriptedServer: Sendable {
    let path = temporarySocketPath()
    private let listener: Int32
    private let pool = NIOThreadPool(numberOfThreads: 1)

    init() throws {
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = RawSocket.address(path)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, listen(listener, 16) == 0 else {
            throw RawSocket.Failed(doing: "listen", errno: errno)
        }
        pool.start()
    }

    deinit {
        close(listener)
        unlink(path)
        pool.shutdownGracefully { _ in }
    }

    /// Accepts the next connection and plays its part in it.
    func serve<Result: Sendable>(
        _ script: @escaping @Sendable (RawSocket) throws -> Result
    ) -> Task<Result, any Error> {
        let listener = listener
        return Task { [pool] in
            try await pool.runIfActive {
                let socket = RawSocket(fileDescriptor: accept(listener, nil, nil))
                return try script(socket)
            }
        }
    }

    /// A client of it whose calls do not expire because the machine is busy.
    func client(
        limits: Limits = .patient, interceptors: [any ClientInterceptor] = [],
        retry: RetryPolicy = .init()
    ) -> Client {
        var configuration = ClientConfiguration()
        configuration.limits = limits
        configuration.timeoutDefault = .seconds(500)
        configuration.connectTimeout = .seconds(500)
        configuration.retry = retry
        return Client(path: path, configuration: configuration, interceptors: interceptors)
    }
}

extension RawSocket {
    /// Sends a Response frame.
    func respond(
        _ id: UInt32, _ outcome: UnaryOutcome = .success([]), _ metadata: Metadata = .init()
    ) {
        var buffer = ByteBuffer()
        buffer.writeResponseFrame(
            streamID: id, outcome, metadata: metadata, payloadBytesMax: 4 << 20)
        send(Array(buffer.readableBytesView))
    }

    /// Sends a Data frame.
    func data(_ id: UInt32, _ payload: [UInt8] = [], flags: UInt8 = 0) {
        send(TTRPCTests.frame(id, type: 3, flags: flags, payload))
    }

    /// Sends a WINDOW frame.
    func window(_ id: UInt32, items: UInt32, bytes: UInt32) {
        var buffer = ByteBuffer()
        buffer.writeWindowFrame(streamID: id, WindowUpdate(items: items, bytes: bytes))
        send(Array(buffer.readableBytesView))
    }

    /// The next frame that has come, of a certain type.
    func frame(ofType type: UInt8) throws -> Frame {
        guard let frame = try receiveFrame(), frame.type == type else {
            throw Failed(doing: "await a frame of type \(type)", errno: 0)
        }
        return frame
    }
}

/// A method of the scripted server.
func streaming(_ kind: CallKind) -> MethodDescriptor {
    MethodDescriptor(service: "a.B", name: "S", kind: kind)
}

/// What a Request frame asks for.
func envelope(_ frame: RawSocket.Frame) throws -> RequestEnvelope {
    try RequestEnvelope(frame.payload.span, limits: .init())
}
