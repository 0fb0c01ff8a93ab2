// SPDX-License-Identifier: Apache-2.0

import Testing

/// Streams from their first frame to their last, byte for byte.
@Suite(.timeLimit(.minutes(5))) struct StreamLifeTests {
    private static let rc = Wire.remoteClosed
    private static let ro = Wire.remoteOpen
    private static let nd = Wire.noData

    /// What a peer sends on a stream, and every frame that comes back.
    struct Life: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var sent: [UInt8]
        var received: [[UInt8]]
    }

    private static func ok(_ id: UInt32, _ payload: [UInt8]) -> [UInt8] {
        Wire.frame(
            id, type: Wire.response, payload.isEmpty ? [] : Wire.field(2, payload))
    }

    static let lives: [Life] = [
        Life(
            testDescription: "a server stream",
            sent: Wire.call(7, "Count", hex("0803"), flags: rc),
            received: [
                hex("00000002 00000007 03 00 0801"), hex("00000002 00000007 03 00 0802"),
                hex("00000002 00000007 03 00 0803"), hex("00000000 00000007 03 05"),
            ]),
        Life(
            testDescription: "a server stream of nothing",
            sent: Wire.call(7, "Count", flags: rc), received: [hex("00000000 00000007 03 05")]),
        Life(
            testDescription: "a server stream asked for with flags 0",
            sent: Wire.call(7, "Count", hex("0801")),
            received: [hex("00000002 00000007 03 00 0801"), hex("00000000 00000007 03 05")]),
        Life(
            testDescription: "a client stream as Go sends it",
            sent: Wire.call(9, "Sum", flags: ro) + Wire.item(9, [8, 2]) + Wire.item(9, [8, 3])
                + Wire.end(9),
            received: [ok(9, [8, 5])]),
        Life(
            testDescription: "a client stream as Rust sends it",
            sent: Wire.call(9, "Sum", flags: ro | nd) + Wire.item(9, [8, 2]) + Wire.end(9),
            received: [ok(9, [8, 2])]),
        Life(
            testDescription: "a client stream of nothing",
            sent: Wire.call(9, "Sum", flags: ro) + Wire.end(9), received: [ok(9, [])]),
        Life(
            testDescription: "a client stream whose last item ends it",
            sent: Wire.call(9, "Sum", flags: ro) + Wire.item(9, [8, 2])
                + Wire.item(9, [8, 3], flags: rc),
            received: [ok(9, [8, 5])]),
        Life(
            testDescription: "items without bytes are items",
            sent: Wire.call(9, "Chat", flags: ro) + Wire.item(9) + Wire.item(9) + Wire.end(9),
            received: [Wire.item(9), Wire.item(9), Wire.end(9)]),
        Life(
            testDescription: "an end without ND is one more empty item",
            sent: Wire.call(9, "Chat", flags: ro) + Wire.item(9, flags: rc),
            received: [Wire.item(9), Wire.end(9)]),
        Life(
            testDescription: "a bidirectional stream",
            sent: Wire.call(9, "Chat", flags: ro) + Wire.item(9, Wire.text("a"))
                + Wire.item(9, Wire.text("b")) + Wire.end(9),
            received: [
                Wire.item(9, Wire.text("a")), Wire.item(9, Wire.text("b")), Wire.end(9),
            ]),
    ]

    @Test(arguments: lives)
    func `every frame is the one that is due`(life: Life) async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            peer.send(life.sent)
            for frame in life.received {
                #expect(try peer.next()?.bytes == frame)
            }
            // Nothing else was to come.
            peer.send(Wire.call(999, "Echo"))
            #expect(try peer.next()?.id == 999)
        }
    }

    @Test func `an error ends a stream with a Response`() async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            peer.send(Wire.call(1, "Count", Wire.number(-1), flags: Self.rc))
            #expect(try peer.untilEnd(of: 1).map(\.code) == [3])
        }
    }

    @Test func `data after the end is an error once, and ends the stream`() async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            // Two frames in one piece: the second is there before the handler is done.
            peer.send(
                Wire.call(1, "Sum", flags: Self.ro) + Wire.end(1) + Wire.item(1, [8, 1])
                    + Wire.call(3, "Echo"))
            var codes: [Int] = []
            var isOver = false
            while !isOver, let frame = try peer.next() {
                if frame.id == 3 { isOver = true } else { frame.code.map { codes.append($0) } }
            }
            #expect(codes.count <= 1)
            peer.send(Wire.call(5, "Echo"))
            #expect(try peer.untilEnd(of: 5).last?.id == 5)
        }
    }

    @Test func `data behind the server's last frame is dropped in silence`() async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            peer.send(Wire.call(1, "Count", flags: Self.rc))
            #expect(try peer.next()?.bytes == Wire.end(1))
            peer.send(Wire.item(1, [8, 1]) + Wire.end(1) + Wire.call(3, "Echo"))
            #expect(try peer.next()?.id == 3)
        }
    }

    @Test func `a stream whose deadline comes ends with a Response`() async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            peer.send(
                Wire.call(1, "Flood", Wire.number(8), timeout: 100_000_000, flags: Self.rc))
            let frames = try peer.untilEnd(of: 1)
            #expect(frames.last?.code == 4)
            peer.send(Wire.call(3, "Echo"))
            #expect(try peer.next()?.id == 3)
        }
    }

    @Test func `CANCEL ends a stream without a Response`() async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            peer.send(Wire.call(1, "Flood", Wire.number(8), flags: Self.rc))
            #expect(try peer.next()?.type == Wire.data)
            peer.send(Wire.frame(1, type: Wire.cancel) + Wire.call(3, "Echo"))
            // Items that were on their way may still come, as many as the queue and the socket
            // hold; then only the echo, and no end.
            let frames = try peer.untilEnd(of: 3, atMost: 100_000)
            #expect(frames.last?.id == 3)
            #expect(frames.dropLast().allSatisfy { $0.type == Wire.data && $0.flags == 0 })
            peer.send(Wire.call(5, "Echo"))
            #expect(try peer.next()?.id == 5)
        }
    }

    @Test func `a stream that is read keeps no other connection waiting`() async throws {
        try await withEchoServer(["--lanes", "1"]) { (server) async throws in
            let reader = try server.connect()
            let other = try server.connect()
            reader.send(Wire.call(1, "Flood", Wire.number(8), flags: Self.rc))
            #expect(try reader.next()?.type == Wire.data)
            other.send(Wire.call(1, "Echo"))
            // Bytes, not seconds: what the stream may send before the other's turn.
            var frames = 0
            while try !other.hasInput(), frames < 1_000_000 {
                #expect(try reader.next() != nil)
                frames += 1
            }
            #expect(try other.hasInput())
            #expect(frames < 1_000_000)
        }
    }

    @Test func `CANCEL ends a unary call without a Response`() async throws {
        try await withEchoServer(["--calls-per-connection", "1"]) { (server) async throws in
            let peer = try server.connect()
            peer.send(Wire.call(1, "Sleep", Wire.number(600_000)))
            peer.send(Wire.frame(1, type: Wire.cancel))
            // The one place is free again as soon as the handler has noticed.
            var id: UInt32 = 3
            var answer: WireFrame?
            repeat {
                peer.send(Wire.call(id, "Echo"))
                answer = try peer.next()
                #expect(answer?.id == id)
                id += 2
            } while answer?.code == 8
            #expect(answer?.code == 0)
        }
    }

    @Test func `an unannounced peer gets items as fast as it reads, and no credit`() async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            peer.send(Wire.call(1, "Flood", Wire.number(1_000), flags: Self.rc))
            for _ in 0..<1_000 {
                #expect(try peer.next()?.type == Wire.data)
            }
        }
    }

    @Test func `a peer that announced credit gets no more than it gave`() async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            peer.send(
                Wire.call(
                    1, "Flood", Wire.number(8), metadata: Wire.announcement,
                    flags: Self.rc))
            for _ in 0..<64 { #expect(try peer.next()?.type == Wire.data) }
            peer.send(Wire.call(3, "Echo"))
            #expect(try peer.next()?.id == 3)
            // Two items more, and bytes enough for them.
            peer.send(Wire.frame(1, type: Wire.window, hex("00000002 00001000")))
            for _ in 0..<2 { #expect(try peer.next()?.id == 1) }
            peer.send(Wire.call(5, "Echo"))
            #expect(try peer.next()?.id == 5)
        }
    }

    @Test func `an unread stream does not stop the calls beside it`() async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            peer.send(
                Wire.call(
                    1, "Flood", Wire.number(60_000), metadata: Wire.announcement,
                    flags: Self.rc))
            for call in 0..<100 {
                let id = UInt32(2 * call + 3)
                peer.send(Wire.call(id, "Echo", Wire.text("beside")))
                let answer = try peer.untilEnd(of: id).last
                #expect(answer?.payload.starts(with: Wire.field(2, Wire.text("beside"))) == true)
            }
        }
    }

    @Test func `the first response after an announcement names what the server knows`() async throws
    {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            let announced = Wire.call(1, "Echo", hex("0a0161"), metadata: Wire.announcement)
            peer.send(announced + Wire.call(3, "Echo", hex("0a0161")))
            let pair =
                Wire.field(1, Array("x-ext".utf8))
                + Wire.field(2, Array("cancel,window,rmeta".utf8))
            // Field 1000, and it comes once.
            let tag = Wire.varint(1_000 << 3 | 2)
            #expect(
                try peer.next()?.payload
                    == hex("12030a0161") + tag + Wire.varint(UInt64(pair.count)) + pair)
            #expect(try peer.next()?.payload == hex("12030a0161"))
        }
    }
}
