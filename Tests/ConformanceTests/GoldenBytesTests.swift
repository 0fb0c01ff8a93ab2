// SPDX-License-Identifier: Apache-2.0

import Testing

/// The frames that every implementation agrees on, as the server takes and gives them.
@Suite(.timeLimit(.minutes(5))) struct GoldenBytesTests {
    @Test func `a response is the bytes that all servers send`() async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            peer.send(Wire.call(1, "Echo", hex("0a0161")))
            #expect(try peer.next()?.bytes == hex("00000005 00000001 02 00 12030a0161"))
        }
    }

    @Test func `an empty response is an empty payload`() async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            peer.send(Wire.call(1, "Echo"))
            #expect(try peer.next()?.bytes == hex("00000000 00000001 02 00"))
        }
    }

    @Test func `an error is a status and no payload`() async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            peer.send(Wire.call(1, "Fail", Wire.number(5)))
            let frame = try #require(try peer.next())
            let text = Array("failed as asked".utf8)
            #expect(frame.flags == 0)
            #expect(frame.payload.first == 0x0a)
            #expect(Int(frame.payload[1]) == frame.payload.count - 2)
            #expect(
                Array(frame.payload[2..<6 + text.count]) == [0x08, 5, 0x12, UInt8(text.count)]
                    + text)
        }
    }

    /// Requests as others write them, of a service that is not served here.
    static let requests: [(UInt32, String)] = [
        (1, "0000000d 00000001 01 00 0a03612e42 120143 1a030a0161"),
        (
            3,
            """
            0000001e 00000003 01 00 0a03612e42 120143 208094ebdc03 2a060a016b120176
            2a060a016b120177
            """
        ),
        (5, "00000013 00000005 01 00 0a03612e42 120143 20ffffffffffffffffff01"),
        (7, "0000000c 00000007 01 01 0a03612e42 120153 1a020803"),
        (9, "00000008 00000009 01 02 0a03612e42 120153"),
        (9, "00000008 00000009 01 06 0a03612e42 120153"),
    ]

    @Test(arguments: requests)
    func `a request is read to its end whatever is in it`(id: UInt32, golden: String) async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            peer.send(hex(golden))
            let answer = try #require(try peer.next())
            #expect(answer.id == id)
            #expect(answer.code == 12)
            peer.send(Wire.call(101, "Echo"))
            #expect(try peer.next()?.id == 101)
        }
    }

    @Test func `a request that comes byte by byte is a request`() async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            for byte in Wire.call(1, "Echo", hex("0a0161")) { peer.send([byte]) }
            #expect(try peer.next()?.bytes == hex("00000005 00000001 02 00 12030a0161"))
        }
    }

    @Test func `requests that come in one piece are answered each on its id`() async throws {
        try await withEchoServer { (server) async throws in
            let peer = try server.connect()
            peer.send((0..<100).flatMap { Wire.call(2 * $0 + 1, "Echo", Wire.text("\($0)")) })
            for index in 0..<UInt32(100) {
                let answer = try #require(try peer.next())
                #expect(answer.id == 2 * index + 1)
                #expect(answer.payload == Wire.field(2, Wire.text("\(index)")))
            }
        }
    }
}
