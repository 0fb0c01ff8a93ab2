// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TTRPC
import Testing

@Suite struct ClientConnectionStreamTests {
    @Test(
        arguments: [
            ("00000002 00000001 0300 0801", .item([8, 1]), true),
            ("00000000 00000001 0300", .item([]), true),
            ("00000000 00000001 0304", .ignore, true),
            ("00000000 00000001 0305", .end(.ok), false),
            ("00000002 00000001 0301 0801", .lastItem([8, 1]), false),
            ("00000000 00000001 0301", .lastItem([]), false),
            ("00000000 00000001 0200", .end(.ok), false),
            ("00000005 00000001 0200 12030a0161", .lastItem([10, 1, 97]), false),
            ("00000007 00000001 0200 0a050805120178", .end(.notFound), false),
            ("00000002 00000001 0200 0a09", .end(.internal), false),
            ("00400001 00000001 0300", .breach(.resourceExhausted), false),
            ("00000000 00000001 7f00", .ignore, true),
        ] as [(String, ClientVerdict, Bool)],
        [CallKind.serverStreaming, .bidirectionalStreaming])
    func `a stream of responses meets a frame`(
        row: (bytes: String, verdict: ClientVerdict, lives: Bool), kind: CallKind
    ) {
        var connection = clientConnection(kind)
        let seen = connection.take(hex(row.bytes))
        #expect(seen == row.verdict)
        #expect(connection.isLive(1) == row.lives)
        #expect(connection.callCount == (row.lives ? 1 : 0))
        if !row.lives {
            let late = connection.take(hex("00000000 00000001 0300"))
            #expect(late == .ignore)
        }
    }

    @Test(
        arguments: [
            ("00000005 00000001 0200 12030a0161", .lastItem([10, 1, 97])),
            ("00000000 00000001 0200", .lastItem([])),
            ("00000007 00000001 0200 0a050805120178", .end(.notFound)),
            ("00000002 00000001 0300 0801", .breach(.internal)),
            ("00000000 00000001 0305", .breach(.internal)),
        ] as [(String, ClientVerdict)])
    func `a stream of requests meets a frame`(bytes: String, verdict: ClientVerdict) {
        var connection = clientConnection(.clientStreaming)
        let seen = connection.take(hex(bytes))
        #expect(seen == verdict)
        #expect(connection.callCount == 0)
    }

    @Test func `the sending side ends once, and nothing is written after it`() {
        var connection = clientConnection(.bidirectionalStreaming, .serverStreaming)
        #expect(connection.refusal(toWriteOn: 1) == nil)
        let ends = [connection.finish(1), connection.finish(1), connection.finish(3)]
        #expect(ends == [true, false, false])
        #expect(connection.refusal(toWriteOn: 1) == .ended)
        #expect(connection.refusal(toWriteOn: 3) == .ended)
        #expect(connection.refusal(toWriteOn: 99) == .ended)
    }

    private func window(_ id: UInt32, _ items: UInt32, _ bytes: UInt32) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.writeWindowFrame(streamID: id, WindowUpdate(items: items, bytes: bytes))
        return Array(buffer.readableBytesView)
    }

    @Test func `64 messages go out on credit, and one more for each that is granted`() {
        var connection = clientConnection(.clientStreaming)
        for _ in 0..<64 {
            #expect(connection.refusal(toWriteOn: 1) == nil)
            connection.wrote(on: 1, byteCount: 10)
        }
        #expect(connection.refusal(toWriteOn: 1) == .serverUnknown)
        let shown = connection.take(window(1, 0, 0))
        #expect(shown == .room)
        #expect(connection.refusal(toWriteOn: 1) == .noCredit)
        _ = connection.take(window(1, 1, 0))
        #expect(connection.refusal(toWriteOn: 1) == nil)
        connection.wrote(on: 1, byteCount: 1)
        #expect(connection.refusal(toWriteOn: 1) == .noCredit)
    }

    @Test func `one message may exceed the credit of bytes, and the next may not`() {
        var connection = clientConnection(.clientStreaming)
        connection.wrote(on: 1, byteCount: (4 << 20) - 1)
        #expect(connection.refusal(toWriteOn: 1) == nil)
        connection.wrote(on: 1, byteCount: 4 << 20)
        _ = connection.take(window(1, 60, (4 << 20) - 1))
        #expect(connection.refusal(toWriteOn: 1) == .noCredit)
        _ = connection.take(window(1, 0, 1))
        #expect(connection.refusal(toWriteOn: 1) == nil)
    }

    @Test func `a server without credit is sent to without it, until it shows that it has`() {
        var connection = clientConnection(.clientStreaming, .unary)
        for _ in 0..<64 { connection.wrote(on: 1, byteCount: 1) }
        connection.presumeForeign()
        #expect(connection.refusal(toWriteOn: 1) == nil)
        _ = connection.take(window(3, 0, 0))
        #expect(connection.refusal(toWriteOn: 1) == .noCredit)
    }

    @Test func `a success that names no extensions is that of a server without`() {
        var connection = clientConnection(.clientStreaming, .unary, .unary)
        for _ in 0..<64 { connection.wrote(on: 1, byteCount: 1) }
        // A request that was refused unread may have hidden the announcement.
        _ = connection.take(hex("00000007 00000003 0200 0a050805120178"))
        #expect(connection.refusal(toWriteOn: 1) == .serverUnknown)
        _ = connection.take(frame(5, type: 2))
        #expect(connection.refusal(toWriteOn: 1) == nil)
    }

    @Test func `no number of grants overflows`() {
        var connection = clientConnection(.clientStreaming)
        for _ in 0..<10 { _ = connection.take(window(1, .max, .max)) }
        #expect(connection.refusal(toWriteOn: 1) == nil)
    }

    @Test(arguments: [1, 7, 9])
    func `a WINDOW frame of another size is ignored`(count: Int) {
        var connection = clientConnection(.clientStreaming)
        let verdict = connection.take(frame(1, type: 0x11, Array(repeating: 0, count: count)))
        #expect(verdict == .ignore)
        #expect(connection.announces)
    }

    @Test func `64 messages may wait for the consumer, and one more ends the stream`() {
        var connection = clientConnection(.serverStreaming)
        for _ in 0..<64 {
            let verdict = connection.take(frame(1, type: 3, [1]))
            #expect(verdict == .item([1]))
        }
        let verdict = connection.take(frame(1, type: 3, [1]))
        #expect(verdict == .breach(.resourceExhausted))
        #expect(connection.callCount == 0)
    }

    @Test func `8 MiB may wait for the consumer, and a byte more ends the stream`() {
        var connection = clientConnection(.serverStreaming, .serverStreaming)
        let message = [UInt8](repeating: 1, count: 4 << 20)
        for id: UInt32 in [1, 1, 3, 3] {
            guard case .item = connection.take(frame(id, type: 3, message)) else {
                Issue.record("not taken")
                return
            }
        }
        let empty = connection.take(frame(1, type: 3))
        #expect(empty == .item([]))
        let one = connection.take(frame(3, type: 3, [1]))
        #expect(one == .breach(.resourceExhausted))
    }

    @Test func `room is given back when half of it is free again`() {
        var connection = clientConnection(.serverStreaming)
        var updates: [WindowUpdate?] = []
        for _ in 0..<64 {
            _ = connection.take(frame(1, type: 3, [1, 2]))
            updates.append(connection.consumed(on: 1, byteCount: 2))
        }
        #expect(
            updates.compactMap { $0 } == [.init(items: 32, bytes: 64), .init(items: 32, bytes: 64)])
        #expect(updates[31] != nil)
        _ = connection.take(frame(1, type: 3, [UInt8](repeating: 0, count: 2 << 20)))
        let large = connection.consumed(on: 1, byteCount: 2 << 20)
        #expect(large == WindowUpdate(items: 1, bytes: 2 << 20))
        #expect(connection.consumed(on: 9, byteCount: 1) == nil)
    }

    @Test func `no frame makes the machine fail, and no credit is exceeded`() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix(seed: seed)
        var connection = ClientConnection<Int>()
        var unread: [UInt32: [Int]] = [:]
        var sent: [UInt32: (items: Int, bytes: Int)] = [:]
        let kinds: [CallKind] = [
            .unary, .serverStreaming, .clientStreaming, .bidirectionalStreaming,
        ]
        _ = connection.take(window(1, 0, 0))
        for step in 0..<30_000 {
            let id = UInt32(random.next(below: 40)) * 2 + 1
            switch random.next(below: 8) {
            case 0:
                if let new = connection.begin(step, kind: kinds[random.next(below: 4)]) {
                    sent[new] = (64, 4 << 20)
                }
            case 1:
                if connection.refusal(toWriteOn: id) == nil {
                    let credit = sent[id] ?? (0, 0)
                    #expect(credit.items > 0 && credit.bytes > 0, "seed \(seed)")
                    let count = random.next(below: 1 << 20)
                    connection.wrote(on: id, byteCount: count)
                    sent[id] = (credit.items - 1, credit.bytes - count)
                }
            case 2:
                let (items, bytes) = (random.next(below: 3), random.next(below: 1 << 20))
                _ = connection.take(window(id, UInt32(items), UInt32(bytes)))
                if connection.isLive(id) {
                    sent[id]?.items += items
                    sent[id]?.bytes += bytes
                }
            case 3:
                if let count = unread[id]?.popLast() {
                    _ = connection.consumed(on: id, byteCount: count)
                }
            case 4: _ = connection.forget(id)
            default:
                let noise = (0..<random.next(below: 20)).map { _ in
                    UInt8(truncatingIfNeeded: random.next())
                }
                let type = UInt8(random.next(below: 5))
                let flags = UInt8(truncatingIfNeeded: random.next()) & (step % 7 == 0 ? 7 : 0)
                if case .item(let bytes) = connection.take(
                    frame(id, type: type, flags: flags, noise))
                {
                    unread[id, default: []].append(bytes.count)
                    #expect(unread[id]?.count ?? 0 <= 64, "seed \(seed)")
                }
            }
            if !connection.isLive(id) { unread[id] = nil }
        }
    }
}
