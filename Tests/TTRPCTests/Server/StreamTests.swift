// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import TTRPC
import Testing

/// Frames as their type, flags and payload.
private struct Bare: Equatable {
    var type: UInt8
    var flags: UInt8
    var payload: [UInt8]

    init(_ type: UInt8, _ flags: UInt8, _ payload: [UInt8] = []) {
        self.type = type
        self.flags = flags
        self.payload = payload
    }
}

extension RawSocket {
    /// Reads frames of one stream until its last.
    fileprivate func receiveStream(_ id: UInt32) throws -> [Bare] {
        var frames: [Bare] = []
        while let frame = try receiveFrame() {
            #expect(frame.id == id)
            frames.append(Bare(frame.type, frame.flags, frame.payload))
            if frame.type == 2 || frame.flags & 1 == 1 { break }
        }
        return frames
    }
}

@Suite struct StreamTests {
    static let everything: Metadata = ["x-ext": "cancel,window,rmeta"]

    // MARK: The four kinds

    @Test func `a server stream is items and then an end without data`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(hex("0000000c 00000007 01 01 0a03612e42 120153 1a020803"))
            // The request's first byte is 8.
            let frames = try socket.receiveStream(7)
            #expect(frames == (1...8).map { Bare(3, 0, [$0]) } + [Bare(3, 5)])
        }
    }

    @Test func `a request without flags starts a server stream too, and an empty one`()
        async throws
    {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "S", [2]))
            #expect(try socket.receiveStream(1) == [Bare(3, 0, [1]), Bare(3, 0, [2]), Bare(3, 5)])
            socket.send(request(3, "S", flags: .remoteClosed))
            #expect(try socket.receiveStream(3) == [Bare(3, 0), Bare(3, 5)])
        }
    }

    @Test(arguments: [FrameFlags.remoteOpen, [.remoteOpen, .noData]])
    func `a client stream ends with one response`(flags: FrameFlags) async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(
                request(9, "U", flags: flags) + frame(9, type: 3, [1]) + frame(9, type: 3)
                    + frame(9, type: 3, [2]) + frame(9, type: 3, flags: 5))
            #expect(try socket.receiveStream(9) == [Bare(2, 0, [0x12, 2, 1, 2])])
        }
    }

    @Test func `an item may come with the end, and in the request`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(
                request(1, "U", [1], flags: .remoteOpen) + frame(1, type: 3, flags: 1, [2]))
            #expect(try socket.receiveStream(1) == [Bare(2, 0, [0x12, 2, 1, 2])])
            socket.send(request(3, "U", [5]))
            #expect(try socket.receiveStream(3) == [Bare(2, 0, [0x12, 1, 5])])
            socket.send(request(5, "B", flags: .remoteOpen) + frame(5, type: 3, flags: 1))
            #expect(try socket.receiveStream(5) == [Bare(3, 0), Bare(3, 5)])
        }
    }

    @Test func `a stream both ways goes back and forth`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "B", flags: .remoteOpen))
            for turn in UInt8(10)..<50 {
                socket.send(frame(1, type: 3, [turn]))
                #expect(try socket.receiveFrame()?.payload == [turn])
            }
            socket.send(frame(1, type: 3, flags: 5))
            #expect(try socket.receiveStream(1) == [Bare(3, 5)])
        }
    }

    @Test func `an error ends a stream with a response, in the middle too`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(
                request(1, "B", flags: .remoteOpen) + frame(1, type: 3, [1])
                    + frame(1, type: 3, [9]))
            let frames = try socket.receiveStream(1)
            #expect(frames.first == Bare(3, 0, [1]))
            #expect(frames.last?.type == 2)
            #expect(outcome(frames.last?.payload ?? [])?.code == .aborted)
            // Data that was on its way is nobody's fault.
            socket.send(frame(1, type: 3, [1]) + request(3, "C", [4]))
            #expect(try socket.receiveFrame()?.id == 3)
            #expect(await server.server.counters().dataDropped == 1)
        }
    }

    @Test func `a request that does not decode ends a server stream with INTERNAL`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "S", [0xff], flags: .remoteClosed))
            #expect(outcome(try socket.receiveStream(1).last?.payload ?? [])?.code == .internal)
            socket.send(request(3, "U", flags: .remoteOpen) + frame(3, type: 3, [0xff]))
            #expect(outcome(try socket.receiveStream(3).last?.payload ?? [])?.code == .internal)
        }
    }

    // MARK: Giving up

    @Test func `a stream that the client gives up ends, without an answer`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "Late", flags: .remoteOpen) + frame(1, type: 0x10))
            while server.probe.ends.withLock({ $0.isEmpty }) { await Task.yield() }
            #expect(server.probe.ends.withLock { $0 } == [.cancelled])
            #expect(server.probe.lateCalls.withLock { $0 }[0].cancellation.isCancelled)
            socket.send(request(3, "C"))
            #expect(try socket.receiveFrame()?.id == 3)
        }
    }

    @Test func `a unary call that the client gives up is told so, and its reply goes nowhere`()
        async throws
    {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "Hold"))
            let held = await server.probe.takeHeld(1)
            #expect(!held[0].call.cancellation.isCancelled)
            socket.send(frame(1, type: 0x10) + request(3, "C"))
            #expect(try socket.receiveFrame()?.id == 3)
            #expect(held[0].call.cancellation.isCancelled)
            held[0].reply.succeed(encoded: [1])
            socket.send(request(5, "C"))
            #expect(try socket.receiveFrame()?.id == 5)
            #expect(await server.server.counters().callsCancelled == 1)
        }
    }

    @Test func `work is told when its deadline passes and when its connection ends`()
        async throws
    {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "Hold", timeoutNanoseconds: 10_000_000))
            let late = await server.probe.takeHeld(1)
            #expect(outcome(try socket.receiveFrame()?.payload ?? [])?.code == .deadlineExceeded)
            #expect(late[0].call.cancellation.isCancelled)
            var other: RawSocket? = try server.connect()
            other?.send(request(1, "Hold") + request(3, "Late", flags: .remoteOpen))
            let gone = await server.probe.takeHeld(1)
            other = nil
            while !gone[0].call.cancellation.isCancelled { await Task.yield() }
            while server.probe.ends.withLock({ $0.isEmpty }) { await Task.yield() }
            for one in late + gone { one.reply.succeed(encoded: []) }
        }
    }

    @Test func `a stream ends at its deadline`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(
                request(1, "Late", timeoutNanoseconds: 10_000_000, flags: .remoteOpen))
            let frames = try socket.receiveStream(1)
            #expect(outcome(frames.last?.payload ?? [])?.code == .deadlineExceeded)
        }
    }

    // MARK: Room

    @Test func `items up to the bound wait, one past it ends the stream and no other`()
        async throws
    {
        try await withProbeServer { server in
            let socket = try server.connect()
            let items = (0..<64).flatMap { _ in frame(1, type: 3, [1]) }
            socket.send(request(1, "Late", flags: .remoteOpen) + items)
            socket.send(request(3, "C"))
            #expect(try socket.receiveFrame()?.id == 3)
            socket.send(frame(1, type: 3, [1]) + request(5, "C"))
            let answer = try #require(try socket.receiveFrame())
            #expect(answer.id == 1)
            #expect(outcome(answer.payload)?.code == .resourceExhausted)
            #expect(try socket.receiveFrame()?.id == 5)
        }
    }

    @Test func `a client that knows credit gets it as its items are taken`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(
                request(1, "Late", metadata: Self.everything, flags: .remoteOpen)
                    + (0..<64).flatMap { _ in frame(1, type: 3, [1]) })
            let shown = try #require(try socket.receiveFrame())
            #expect(shown.type == 0x11)
            #expect(windowUpdate(shown.payload) == WindowUpdate(items: 0, bytes: 0))
            server.probe.mayTake.store(true, ordering: .relaxed)
            var items: UInt32 = 0
            while items < 64 {
                let update = try #require(try socket.receiveFrame())
                #expect(update.type == 0x11)
                items += try #require(windowUpdate(update.payload)).items
            }
            #expect(items == 64)
            socket.send(frame(1, type: 3, [1]) + frame(1, type: 3, flags: 5))
            let last = try #require(try socket.receiveStream(1).last)
            #expect(outcome(last.payload) == .success([65]))
        }
    }

    @Test func `no more items are sent than a client gave credit for`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(
                request(1, "S", [100], metadata: Self.everything, flags: .remoteClosed))
            for item in UInt8(1)...64 {
                #expect(try socket.receiveFrame()?.payload == [item])
            }
            // Were there more, they would come before the answer.
            socket.send(request(3, "C"))
            let answer = try #require(try socket.receiveFrame())
            #expect(answer.id == 3)
            socket.send(frame(1, type: 0x11, [0, 0, 0, 36, 0, 0, 0, 0]))
            #expect(
                try socket.receiveStream(1)
                    == (UInt8(65)...100).map { Bare(3, 0, [$0]) } + [Bare(3, 5)])
        }
    }

    @Test func `a stream that nobody reads waits, and leaves room for calls beside it`()
        async throws
    {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "Endless", flags: .remoteClosed))
            var sent = -1
            // It stops where the socket and the queue are full.
            while server.probe.itemsSent.load(ordering: .relaxed) != sent {
                sent = server.probe.itemsSent.load(ordering: .relaxed)
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(sent * 1_024 < 4 << 20)
            let other = try server.connect()
            other.send(request(1, "C"))
            #expect(try other.receiveFrame()?.id == 1)
            // Beside it on the same connection too, once that is read.
            socket.send(request(3, "C"))
            while let frame = try socket.receiveFrame(), frame.id != 3 {}
            #expect(server.probe.itemsSent.load(ordering: .relaxed) > sent)
        }
        // The connection's end ended it.
    }

    @Test func `streams of one user are bounded`() async throws {
        var limits = Limits.patient
        limits.streamsPerUserMax = 2
        try await withProbeServer(limits: limits) { server in
            let first = try server.connect()
            let second = try server.connect()
            first.send(request(1, "B", flags: .remoteOpen) + request(5, "C"))
            second.send(request(1, "B", flags: .remoteOpen) + request(5, "C"))
            #expect(try first.receiveFrame()?.id == 5)
            #expect(try second.receiveFrame()?.id == 5)
            second.send(request(3, "B", flags: .remoteOpen))
            let answer = try #require(try second.receiveFrame())
            #expect(outcome(answer.payload)?.code == .resourceExhausted)
            first.send(frame(1, type: 3, flags: 5))
            #expect(try first.receiveFrame()?.flags == 5)
            second.send(request(7, "B", flags: .remoteOpen) + frame(7, type: 3, [4]))
            #expect(try second.receiveFrame()?.payload == [4])
        }
    }

    // MARK: What peers tell each other

    @Test func `the first response after an announcement shows what the server knows`()
        async throws
    {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "C", [4]))
            #expect(try socket.receiveFrame()?.payload == [0x12, 1, 4])
            socket.send(request(3, "C", [4], metadata: ["x-ext": "rmeta", "k": "v"]))
            let shown = try #require(try socket.receiveFrame())
            let contents = try #require(response(shown.payload))
            #expect(contents.outcome == .success([4]))
            #expect(contents.metadata == ["x-ext": "cancel,window,rmeta"])
            #expect(server.probe.calls.last?.metadata == ["k": "v"])
            socket.send(request(5, "C", [4]))
            #expect(try socket.receiveFrame()?.payload == [0x12, 1, 4])
        }
    }

    @Test func `metadata of a response reaches only clients that can read it`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "Mark", [4]))
            #expect(try socket.receiveFrame()?.payload == [0x12, 1, 4])
            socket.send(request(3, "Mark", [4], metadata: Self.everything))
            let marked = try #require(try socket.receiveFrame())
            let contents = try #require(response(marked.payload))
            #expect(contents.metadata.first(for: "mark") == "yes")
        }
    }
}
