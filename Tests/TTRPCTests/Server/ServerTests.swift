// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import TTRPC
import Testing

@Suite struct ServerTests {
    @Test func `answers the golden request with the golden response`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(hex("0000000d 00000001 01 00 0a03612e42 120143 1a030a0161"))
            #expect(try socket.receive(15) == hex("00000005 00000001 02 00 12030a0161"))
        }
    }

    // MARK: Replies

    @Test func `of two replies the first counts and the second is counted`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "Twice") + request(3, "C"))
            #expect(try socket.receiveFrame()?.payload == [0x12, 1, 1])
            #expect(try socket.receiveFrame()?.id == 3)
            #expect(await server.server.counters().repliesRepeated == 1)
        }
    }

    @Test func `a dropped reply is INTERNAL`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "Drop"))
            let answer = try #require(try socket.receiveFrame())
            #expect(outcome(answer.payload)?.code == .internal)
            #expect(await server.server.counters().repliesDropped == 1)
        }
    }

    @Test func `a reply from another thread arrives`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            for turn in 0..<200 {
                socket.send(request(UInt32(2 * turn + 1), "Later", [UInt8(turn)]))
                #expect(try socket.receiveFrame()?.payload == [0x12, 1, UInt8(turn)])
            }
        }
    }

    @Test func `a reply after the deadline goes nowhere and is counted`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "Hold", timeoutNanoseconds: 20_000_000))
            let held = await server.probe.takeHeld(1)
            let answer = try #require(try socket.receiveFrame())
            #expect(outcome(answer.payload)?.code == .deadlineExceeded)
            #expect(held[0].call.isPastDeadline(now: .now))
            held[0].reply.succeed(encoded: [1])
            socket.send(request(3, "C"))
            #expect(try socket.receiveFrame()?.id == 3)
            #expect(await server.server.counters().repliesLate == 1)
        }
    }

    @Test func `an error with code OK becomes INTERNAL`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "Fail", [0]))
            let answer = try #require(try socket.receiveFrame())
            #expect(outcome(answer.payload)?.code == .internal)
        }
    }

    @Test func `the largest reply goes out and one past it is refused`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            // 64 units are 4 MiB, to which the envelope adds 5 bytes.
            socket.send(request(1, "Big", Array(repeating: 1, count: 63)))
            #expect(try socket.receiveFrame()?.payload.count == (63 << 16) + 5)
            socket.send(request(3, "Big", Array(repeating: 1, count: 64)))
            let answer = try #require(try socket.receiveFrame())
            #expect(outcome(answer.payload)?.code == .resourceExhausted)
        }
    }

    // MARK: Peers

    @Test func `a handler knows who calls`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "C", metadata: ["k": "v"]))
            _ = try socket.receiveFrame()
            let call = try #require(server.probe.calls.first)
            #expect(call.peer.uid == getuid())
            #expect(call.peer.gid == getgid())
            #expect(call.peer.pid == getpid())
            var groups = [gid_t](repeating: 0, count: 65_536)
            let count = getgroups(Int32(groups.count), &groups)
            #expect(call.peer.groups == Array(groups.prefix(Int(count))))
            #expect(call.metadata == ["k": "v"])
            #expect(call.lane == 0)
        }
    }

    @Test func `a peer without the right is refused before its request is decoded`() async throws {
        let denied = RPCError(
            .permissionDenied, "no role",
            details: [
                AnyDetail(ErrorInfo(reason: "ROLE", domain: "test"))
            ])
        try await withProbeServer(
            authorize: { peer, method in
                peer.uid == getuid() && method.name == "C" ? .denied(denied) : .allowed
            }
        ) { server in
            let socket = try server.connect()
            // Bytes that do not decode.
            socket.send(request(1, "C", [0xff]))
            let answer = try #require(try socket.receiveFrame())
            #expect(outcome(answer.payload) == .failure(denied))
            #expect(server.probe.calls.isEmpty)
        }
    }

    @Test func `connections of one user are bounded`() async throws {
        var limits = Limits.patient
        limits.connectionsPerUserMax = 2
        try await withProbeServer(limits: limits) { server in
            let first = try server.connect()
            var second: RawSocket? = try server.connect()
            for socket in [first, try #require(second)] {
                socket.send(request(1, "C"))
                #expect(try socket.receiveFrame()?.id == 1)
            }
            let socket = try server.connect()
            socket.send(request(1, "C"))
            let answer = try #require(try socket.receiveFrame())
            guard case .failure(let error) = outcome(answer.payload) else {
                Issue.record("not refused")
                return
            }
            #expect(error.code == .resourceExhausted)
            #expect(error.detail(ErrorInfo.self)?.reason == "TOO_MANY_CONNECTIONS")
            #expect(error.detail(RetryInfo.self) != nil)
            #expect(try socket.isAtEnd())
            second = nil
            while server.server.connectionCount > 1 { await Task.yield() }
            let third = try server.connect()
            third.send(request(1, "C"))
            #expect(try third.receiveFrame()?.id == 1)
        }
    }

    @Test func `beyond those that are told so, connections are closed`() async throws {
        var limits = Limits.patient
        limits.connectionsPerUserMax = 0
        limits.refusedConnectionsMax = 2
        try await withProbeServer(limits: limits) { server in
            let told = [try server.connect(), try server.connect()]
            #expect(try server.connect().isAtEnd())
            for socket in told {
                socket.send(request(1, "C"))
                let answer = try #require(try socket.receiveFrame())
                #expect(outcome(answer.payload)?.code == .resourceExhausted)
                #expect(try socket.isAtEnd())
            }
        }
    }

    @Test func `calls of one user are bounded over all its connections`() async throws {
        var limits = Limits.patient
        limits.callsPerUserMax = 2
        try await withProbeServer(limits: limits) { server in
            let first = try server.connect()
            let second = try server.connect()
            first.send(request(1, "Hold"))
            second.send(request(1, "Hold"))
            let held = await server.probe.takeHeld(2)
            second.send(request(3, "C"))
            let answer = try #require(try second.receiveFrame())
            #expect(outcome(answer.payload)?.code == .resourceExhausted)
            for one in held { one.reply.succeed(encoded: []) }
            _ = try first.receiveFrame()
            _ = try second.receiveFrame()
            first.send(request(3, "C"))
            #expect(try first.receiveFrame()?.payload == [])
        }
    }

    // MARK: Interceptors

    private final class Recorder: ServerInterceptor {
        struct End: Equatable {
            var method: String
            var uid: UInt32
            var code: StatusCode
        }

        let began = Mutex<[String]>([])
        let ended = Mutex<[End]>([])

        func callBegan(_ call: ServerCall) {
            began.withLock { $0.append(call.method.name) }
        }

        func callEnded(_ call: ServerCall, status: StatusCode, duration: Duration) {
            let end = End(method: call.method.name, uid: call.peer.uid, code: status)
            ended.withLock { $0.append(end) }
        }
    }

    @Test func `interceptors see each call begin and end`() async throws {
        let recorder = Recorder()
        try await withProbeServer(interceptors: [recorder]) { server in
            let socket = try server.connect()
            socket.send(
                request(1, "C") + request(3, "Fail", [5]) + request(5, "C", flags: .remoteOpen))
            for _ in 0..<3 { _ = try socket.receiveFrame() }
            #expect(recorder.began.withLock { $0 } == ["C", "Fail"])
            let uid = getuid()
            #expect(
                recorder.ended.withLock { $0 } == [
                    .init(method: "C", uid: uid, code: .ok),
                    .init(method: "Fail", uid: uid, code: .notFound),
                    .init(method: "C", uid: uid, code: .invalidArgument),
                ])
        }
    }

    // MARK: The end of a connection

    @Test func `a half-closed connection gets its replies and is closed`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "Hold") + request(3, "Hold"))
            socket.finishSending()
            let held = await server.probe.takeHeld(2)
            for one in held { one.reply.succeed(encoded: [1]) }
            #expect(try socket.receiveFrame()?.id == 1)
            #expect(try socket.receiveFrame()?.id == 3)
            #expect(try socket.isAtEnd())
        }
    }

    @Test func `a peer that goes away takes nothing down with it`() async throws {
        try await withProbeServer { server in
            var socket: RawSocket? = try server.connect()
            socket?.send(request(1, "Hold"))
            let held = await server.probe.takeHeld(1)
            socket = nil
            while server.server.connectionCount > 0 { await Task.yield() }
            held[0].reply.succeed(encoded: [1])
            let next = try server.connect()
            next.send(request(1, "C"))
            #expect(try next.receiveFrame()?.id == 1)
        }
    }

    @Test func `a peer that sends nothing is closed`() async throws {
        var limits = Limits.patient
        limits.firstFrame = .milliseconds(30)
        try await withProbeServer(limits: limits) { server in
            let socket = try server.connect()
            #expect(try socket.isAtEnd())
            #expect(await server.server.counters().peersTooSlow == 1)
        }
    }

    @Test func `a peer that does not end a frame is closed`() async throws {
        var limits = Limits.patient
        limits.startedFrame = .milliseconds(30)
        try await withProbeServer(limits: limits) { server in
            let socket = try server.connect()
            socket.send(request(1, "C") + [0, 0])
            #expect(try socket.receiveFrame()?.id == 1)
            #expect(try socket.isAtEnd())
        }
    }

    @Test func `a peer that reads nothing is bounded in memory and then closed`() async throws {
        var limits = Limits.patient
        limits.writeStall = .milliseconds(300)
        try await withProbeServer(limits: limits) { server in
            let socket = try server.connect()
            var frames: [UInt8] = []
            for id in 0..<100 { frames += request(UInt32(2 * id + 1), "Big", [1, 1, 1, 1]) }
            // 25 MiB of replies are asked for; at most the bound of them is kept.
            socket.send(frames)
            while await server.server.counters().peersTooSlow == 0 {
                try await Task.sleep(for: .milliseconds(5))
            }
            var codes: [StatusCode: Int] = [:]
            while let answer = try socket.receiveFrame() {
                codes[outcome(answer.payload)?.code ?? .unknown, default: 0] += 1
            }
            #expect((codes[.ok] ?? 0) < 40)
        }
    }

    @Test func `a slow reader gets everything in the end`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            for id in 0..<30 { socket.send(request(UInt32(2 * id + 1), "Big", [1, 1])) }
            for id in 0..<30 {
                let answer = try #require(try socket.receiveFrame())
                #expect(answer.id == UInt32(2 * id + 1))
                #expect(answer.payload.count > 2 << 16)
            }
        }
    }
}
