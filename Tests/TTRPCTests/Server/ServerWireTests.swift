// SPDX-License-Identifier: Apache-2.0

import TTRPC
import Testing

/// The same table as the state machine's, over a real socket.
@Suite struct ServerWireTests {
    @Test(arguments: WireCase.all)
    func `a server does with each error on the wire what the table says`(
        wire: WireCase
    ) async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            var held: [ProbeService.Held] = []
            switch wire.before {
            case .nothing: break
            case .live:
                socket.send(request(1, "Hold"))
                held = await server.probe.takeHeld(1)
            case .finished:
                socket.send(request(7, "C"))
                #expect(try socket.receiveFrame()?.id == 7)
            }
            socket.send(wire.probe)
            switch wire.expect {
            case .answer(let id, let code):
                let answer = try #require(try socket.receiveFrame())
                #expect(answer.id == id)
                #expect(answer.type == 2)
                #expect(answer.flags == 0)
                #expect(outcome(answer.payload)?.code == code)
                try expectAlive(socket)
            case .silence: try expectAlive(socket)
            case .close: #expect(try socket.isAtEnd())
            }
            for one in held { one.reply.succeed(encoded: []) }
        }
    }

    /// Frames are answered in order here, so the next frame is this call's only if the probe
    /// brought no other.
    private func expectAlive(_ socket: RawSocket) throws {
        socket.send(request(0x7fff, "C", [42]))
        let answer = try socket.receiveFrame()
        #expect(answer?.id == 0x7fff)
        #expect(answer.flatMap { outcome($0.payload) } == .success([42]))
    }

    @Test func `a request may be split at every byte`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            for (turn, cut) in (1..<request(1, "C", [1, 2]).count).enumerated() {
                let bytes = request(UInt32(2 * turn + 1), "C", [1, 2])
                socket.send(Array(bytes[..<cut]))
                socket.send(Array(bytes[cut...]))
                #expect(try socket.receiveFrame()?.payload == [0x12, 2, 1, 2])
            }
            let bytes = request(0x101, "C", [3])
            for byte in bytes { socket.send([byte]) }
            #expect(try socket.receiveFrame()?.payload == [0x12, 1, 3])
        }
    }

    @Test func `calls are answered in the order in which they finish`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "Hold") + request(3, "C"))
            #expect(try socket.receiveFrame()?.id == 3)
            for one in await server.probe.takeHeld(1) { one.reply.succeed(encoded: [1]) }
            #expect(try socket.receiveFrame()?.id == 1)
        }
    }

    @Test func `an oversize frame costs no memory and its neighbours nothing`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(request(1, "C") + WireCase.oversize + request(5, "C"))
            #expect(try socket.receiveFrame()?.id == 1)
            #expect(try socket.receiveFrame()?.id == 1)
            #expect(try socket.receiveFrame()?.id == 5)
            #expect(await server.server.counters().framesOversize == 1)
        }
    }

    @Test func `a truncated frame and the end of the stream close in silence`() async throws {
        try await withProbeServer { server in
            let socket = try server.connect()
            socket.send(Array(request(1, "C").dropLast()))
            socket.finishSending()
            #expect(try socket.isAtEnd())
        }
    }

    /// Random frames over sockets: the server lives, and so does a well-behaved neighbour.
    @Test(arguments: [UInt64.random(in: .min ... .max)])
    func `hostile frames on one connection do not disturb another`(seed: UInt64) async throws {
        try await withProbeServer(loops: 2) { server in
            var random = SplitMix(seed: seed)
            let neighbour = try server.connect()
            for round in 0..<40 {
                let hostile = try server.connect()
                for _ in 0..<50 where !hostile.send(random.hostileFrame()) { break }
                hostile.finishSending()
                neighbour.send(request(UInt32(2 * round + 1), "C", [UInt8(round)]))
                let answer = try neighbour.receiveFrame()
                #expect(answer?.payload == [0x12, 1, UInt8(round)], "seed \(seed)")
            }
        }
    }
}
