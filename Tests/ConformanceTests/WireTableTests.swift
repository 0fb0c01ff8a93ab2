// SPDX-License-Identifier: Apache-2.0

import Testing

/// What the server does with each error on the wire that other servers are known to trip over.
@Suite(.timeLimit(.minutes(5))) struct WireTableTests {
    struct Probe: Sendable, CustomTestStringConvertible {
        enum Before: Sendable {
            case nothing
            /// A unary call in flight on stream 1.
            case live
            /// A unary call that was answered, on stream 7.
            case finished
        }

        enum Expectation: Sendable {
            /// A Response with this code on this stream, and the connection lives.
            case answer(UInt32, Int)
            /// No frame, and the connection lives.
            case silence
            /// The connection ends without another frame.
            case close
        }

        var testDescription: String
        var before = Before.nothing
        var bytes: [UInt8]
        var expect: Expectation
    }

    private static let frameMax = 4 << 20
    private static let names = Wire.call(1, "Echo").count - 10

    static let probes: [Probe] = [
        .init(testDescription: "an even id", bytes: Wire.call(2, "Echo"), expect: .answer(2, 3)),
        .init(testDescription: "id 0", bytes: Wire.call(0, "Echo"), expect: .answer(0, 3)),
        .init(
            testDescription: "the id of a finished call", before: .finished,
            bytes: Wire.call(7, "Echo"), expect: .answer(7, 0)),
        .init(
            testDescription: "an id below one that was used", before: .finished,
            bytes: Wire.call(3, "Echo"), expect: .answer(3, 0)),
        .init(
            testDescription: "the id of a call in flight", before: .live,
            bytes: Wire.call(1, "Echo"), expect: .close),
        .init(
            testDescription: "a gap in the ids", bytes: Wire.call(101, "Echo"),
            expect: .answer(101, 0)),
        .init(
            testDescription: "the highest id", bytes: Wire.call(.max, "Echo"),
            expect: .answer(.max, 0)),
        .init(
            testDescription: "an unknown service", bytes: Wire.call(1, "Echo", service: "x.Y"),
            expect: .answer(1, 12)),
        .init(
            testDescription: "an unknown method", bytes: Wire.call(1, "Nope"),
            expect: .answer(1, 12)),
        .init(
            testDescription: "a request that is not protobuf", bytes: Wire.frame(1, hex("0a7f")),
            expect: .answer(1, 3)),
        .init(
            testDescription: "a payload that is not the method's",
            bytes: Wire.call(1, "Echo", hex("0a7f")), expect: .answer(1, 13)),
        .init(testDescription: "an empty request", bytes: Wire.frame(1), expect: .answer(1, 12)),
        .init(
            testDescription: "type 0x7f", bytes: Wire.frame(1, type: 0x7f, [1]), expect: .silence),
        .init(testDescription: "type 0", bytes: Wire.frame(1, type: 0), expect: .silence),
        .init(
            testDescription: "a response", bytes: Wire.frame(1, type: Wire.response),
            expect: .silence),
        .init(
            testDescription: "CANCEL of a call that nobody made",
            bytes: Wire.frame(9, type: Wire.cancel), expect: .silence),
        .init(
            testDescription: "an unknown type on a live id", before: .live,
            bytes: Wire.frame(1, type: 0x20, [1, 2]), expect: .silence),
        .init(
            testDescription: "data of a stream that never was", bytes: Wire.item(1, [8, 1]),
            expect: .answer(1, 3)),
        .init(
            testDescription: "data of a stream that is over", before: .finished,
            bytes: Wire.item(7, [8, 1]), expect: .silence),
        .init(
            testDescription: "data on an even id", bytes: Wire.item(2), expect: .answer(2, 3)),
        .init(
            testDescription: "data on a unary call in flight", before: .live,
            bytes: Wire.item(1, [8, 1]), expect: .close),
        .init(
            testDescription: "a frame of 4 MiB",
            bytes: Wire.call(1, "Echo", Wire.field(15, filler(frameMax - names - 10))),
            expect: .answer(1, 0)),
        .init(
            testDescription: "a frame one byte larger",
            bytes: Wire.frame(1, filler(frameMax + 1)), expect: .answer(1, 8)),
        .init(
            testDescription: "a length of 4 GiB", bytes: hex("ffffffff 00000001 01 00"),
            expect: .close),
        .init(
            testDescription: "a reply larger than a frame",
            bytes: Wire.call(1, "Big", Wire.number(5 << 20)), expect: .answer(1, 8)),
        .init(
            testDescription: "a timeout that has passed",
            bytes: Wire.call(1, "Echo", timeout: -1), expect: .answer(1, 4)),
        .init(
            testDescription: "a timeout that passes",
            bytes: Wire.call(1, "Sleep", Wire.number(600_000), timeout: 50_000_000),
            expect: .answer(1, 4)),
        .init(
            testDescription: "unknown flag bits", bytes: Wire.call(1, "Echo", flags: 0xf8),
            expect: .answer(1, 0)),
        .init(
            testDescription: "a unary request that is the last frame",
            bytes: Wire.call(1, "Echo", flags: Wire.remoteClosed), expect: .answer(1, 0)),
        .init(
            testDescription: "a unary request that data will follow",
            bytes: Wire.call(1, "Echo", flags: Wire.remoteOpen), expect: .answer(1, 3)),
        .init(
            testDescription: "more metadata than is taken",
            bytes: Wire.call(1, "Echo", metadata: Array(repeating: ("k", "v"), count: 65)),
            expect: .answer(1, 8)),
    ]

    /// Bytes of field 15 are unknown to every message, and skipped.
    private static func filler(_ count: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: count)
    }

    @Test(arguments: probes)
    func `answers, ignores or closes`(probe: Probe) async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            switch probe.before {
            case .nothing: break
            case .live:
                peer.send(Wire.call(1, "Sleep", Wire.number(600_000)))
                // Its answer behind the call's request: the call has begun.
                peer.send(Wire.call(5, "Echo"))
                #expect(try peer.next()?.id == 5)
            case .finished:
                peer.send(Wire.call(7, "Echo"))
                #expect(try peer.next()?.id == 7)
            }
            peer.send(probe.bytes)
            switch probe.expect {
            case .answer(let id, let code):
                let answer = try #require(try peer.next())
                #expect(answer.id == id)
                #expect(answer.code == code)
            case .silence: break
            case .close:
                #expect(try peer.isAtEnd())
                // The others do not notice.
                let other = try server.connect()
                other.send(Wire.call(1, "Echo"))
                #expect(try other.next()?.id == 1)
                return
            }
            // Its answer is the next frame, so there was no other.
            peer.send(Wire.call(999, "Echo"))
            let next = try #require(try peer.next())
            #expect(next.id == 999)
            #expect(next.code == 0)
        }
    }

    @Test func `replies come as they are ready, not in the order of the calls`() async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            peer.send(Wire.call(1, "Sleep", Wire.number(300)) + Wire.call(3, "Echo"))
            #expect(try peer.next()?.id == 3)
            #expect(try peer.next()?.id == 1)
        }
    }

    @Test func `a peer that will send no more is answered, then the connection ends`() async throws
    {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            peer.send(Wire.call(1, "Sleep", Wire.number(100)))
            peer.finishSending()
            let answer = try #require(try peer.next())
            #expect(answer.id == 1)
            #expect(answer.code == 0)
            #expect(try peer.isAtEnd())
        }
    }

    @Test(arguments: [3, 10, 12])
    func `a frame that is cut off ends the connection without a word`(count: Int) async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            peer.send(Array(Wire.call(1, "Echo").prefix(count)))
            peer.finishSending()
            #expect(try peer.isAtEnd())
        }
    }

    @Test func `calls up to the bound run, one past it is refused on its own id`() async throws {
        try await withEchoServer(["--calls-per-connection", "4"]) { (server) async throws in
            let peer = try server.connect()
            for id in stride(from: UInt32(1), through: 9, by: 2) {
                peer.send(Wire.call(id, "Sleep", Wire.number(600_000)))
            }
            let refused = try #require(try peer.next())
            #expect(refused.id == 9)
            #expect(refused.code == 8)
        }
    }

    @Test func `the server lets running calls finish on SIGTERM and ends with 0`() async throws {
        let server = try await EchoServer.start()
        let peer = try server.connect()
        peer.send(Wire.call(1, "Sleep", Wire.number(400)) + Wire.call(3, "Echo"))
        #expect(try peer.next()?.id == 3)
        async let exitCode = server.stop()
        let answer = try #require(try peer.next())
        #expect(answer.id == 1)
        #expect(answer.code == 0)
        #expect(try peer.isAtEnd())
        #expect(try await exitCode == 0)
    }
}
