// SPDX-License-Identifier: Apache-2.0

import Glibc
import TTRPC
import Testing

@Suite struct DrainTests {
    @Test func `running calls finish, new ones are told to come again, then all is closed`()
        async throws
    {
        let server = try await ProbeServer()
        let socket = try server.connect()
        socket.send(request(1, "Hold"))
        let held = await server.probe.takeHeld(1)
        let drained = Task { await server.server.drain(grace: .seconds(60)) }
        // The file goes when accepting has ended.
        while access(server.path, F_OK) == 0 { await Task.yield() }
        var refused: UnaryOutcome?
        var id: UInt32 = 3
        while refused == nil {
            socket.send(request(id, "C"))
            let answer = try #require(try socket.receiveFrame())
            if let result = outcome(answer.payload), result.code != .ok { refused = result }
            id += 2
        }
        guard case .failure(let error) = refused else { return }
        #expect(error.code == .unavailable)
        #expect(error.detail(ErrorInfo.self)?.reason == "DRAINING")
        #expect(error.detail(RetryInfo.self)?.delay == Limits().retryDelay)
        held[0].reply.succeed(encoded: [8])
        #expect(try socket.receiveFrame()?.payload == [0x12, 1, 8])
        #expect(try socket.isAtEnd())
        await drained.value
        #expect(server.server.connectionCount == 0)
    }

    @Test func `what runs longer than the grace is told so and cut off`() async throws {
        let server = try await ProbeServer()
        let socket = try server.connect()
        socket.send(request(1, "Hold"))
        let held = await server.probe.takeHeld(1)
        await server.server.drain(grace: .milliseconds(20))
        let answer = try #require(try socket.receiveFrame())
        #expect(outcome(answer.payload)?.code == .unavailable)
        #expect(held[0].call.cancellation.isCancelled)
        #expect(try socket.isAtEnd())
        held[0].reply.succeed(encoded: [])
    }

    @Test func `idle connections are closed at once`() async throws {
        let server = try await ProbeServer()
        let socket = try server.connect()
        socket.send(request(1, "C"))
        _ = try socket.receiveFrame()
        await server.server.drain(grace: .seconds(60))
        #expect(try socket.isAtEnd())
    }

    @Test func `streams end with UNAVAILABLE and when to come again`() async throws {
        let server = try await ProbeServer()
        let socket = try server.connect()
        socket.send(request(1, "B", flags: .remoteOpen) + frame(1, type: 3, [4]))
        #expect(try socket.receiveFrame()?.payload == [4])
        await server.server.drain(grace: .seconds(60))
        let answer = try #require(try socket.receiveFrame())
        guard case .failure(let error) = outcome(answer.payload) else {
            Issue.record("no error")
            return
        }
        #expect(error.code == .unavailable)
        #expect(error.detail(RetryInfo.self) != nil)
        #expect(try socket.isAtEnd())
    }

    @Test(arguments: 0..<50)
    func `while a server drains, each request is answered or was surely not sent`(turn: Int)
        async throws
    {
        let server = try await ProbeServer()
        let socket = try server.connect()
        let drained = Task { await server.server.drain(grace: .seconds(60)) }
        var sent: UInt32 = 0
        while sent < 10_000, socket.send(request(2 * sent + 1, "C")) { sent += 1 }
        var answered: UInt32 = 0
        while let answer = try socket.receiveFrame() {
            #expect(answer.id == 2 * answered + 1)
            answered += 1
        }
        #expect(answered == sent)
        await drained.value
    }

    @Test func `a drained server listens no more`() async throws {
        let server = try await ProbeServer()
        await server.stop()
        await #expect(throws: ServerError.draining) {
            try await server.server.listen(at: server.path)
        }
        #expect(access(server.path, F_OK) != 0)
    }

    @Test func `an inherited listener outlives the server, and who waits on it is served next`()
        async throws
    {
        let path = temporarySocketPath()
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer {
            close(listener)
            unlink(path)
        }
        var address = RawSocket.address(path)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        #expect(listen(listener, 8) == 0)
        for turn in 0..<3 {
            // Connected before anybody accepts.
            let early = try RawSocket(path: path)
            early.send(request(1, "C", [UInt8(turn)]))
            let server = Server(services: ProbeService().registry())
            try await server.listen(inheriting: listener)
            #expect(try early.receiveFrame()?.payload == [0x12, 1, UInt8(turn)])
            await server.drain(grace: .zero)
            #expect(access(path, F_OK) == 0)
        }
    }
}
