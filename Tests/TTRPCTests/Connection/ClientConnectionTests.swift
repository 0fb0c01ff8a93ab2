// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TTRPC
import Testing

/// What a client's state machine made of a frame, without the call.
enum ClientVerdict: Equatable {
    case finish(StatusCode)
    case item([UInt8])
    case lastItem([UInt8])
    case end(StatusCode)
    case breach(StatusCode)
    case room, ignore, close
}

extension ClientConnection {
    /// Takes a frame given by its bytes.
    mutating func take(_ bytes: [UInt8]) -> ClientVerdict? {
        var decoder = FrameDecoder(payloadBytesMax: limitOfFrames)
        decoder.append(ByteBuffer(bytes: bytes))
        let action: FrameAction
        switch decoder.next() {
        case .frame(let header, let payload):
            action = receive(header, payload.readableBytesUInt8Span)
        case .oversize(let header): action = receiveOversize(header)
        case .notTTRPC, nil: return nil
        }
        switch action {
        case .finish(_, let outcome, _): return .finish(outcome.code)
        case .item(_, let bytes): return .item(bytes)
        case .lastItem(_, let bytes, _): return .lastItem(bytes)
        case .end(_, let error, _): return .end(error?.code ?? .ok)
        case .breach(_, _, let error): return .breach(error.code)
        case .room: return .room
        case .ignore: return .ignore
        case .close: return .close
        }
    }

    private var limitOfFrames: Int { 4 << 20 }
}

/// A machine with calls 1, 3, 5, … of the kinds given.
func clientConnection(_ kinds: CallKind..., limits: Limits = .init()) -> ClientConnection<Int> {
    var connection = ClientConnection<Int>(limits: limits)
    for (index, kind) in kinds.enumerated() {
        _ = connection.begin(index, kind: kind)
    }
    return connection
}

@Suite struct ClientConnectionTests {
    private static func limits(calls: Int) -> Limits {
        var limits = Limits()
        limits.callsPerConnectionMax = calls
        return limits
    }

    @Test func `stream ids are odd and go up by two, whatever the kind`() {
        var connection = ClientConnection<Int>()
        let kinds: [CallKind] = [.unary, .serverStreaming, .clientStreaming, .unary]
        let ids = kinds.map { connection.begin(0, kind: $0) }
        #expect(ids == [1, 3, 5, 7])
    }

    @Test func `there is room up to the bound, streams counted, and again when a call ends`() {
        var connection = ClientConnection<Int>(limits: Self.limits(calls: 2))
        let ids = [
            connection.begin(0), connection.begin(1, kind: .serverStreaming), connection.begin(2),
        ]
        #expect(ids == [1, 3, nil])
        #expect(!connection.hasRoom)
        let end = connection.take(frame(3, type: 3, flags: 5))
        #expect(end == .end(.ok))
        #expect(connection.hasRoom)
    }

    @Test func `after the last stream id a new connection is needed, whatever streams there are`() {
        var connection = ClientConnection<Int>(firstStreamID: .max - 2)
        _ = connection.begin(0, kind: .serverStreaming)
        let ids = (0..<2).map { connection.begin($0) }
        #expect(ids == [.max, nil])
        #expect(!connection.isUsedUp)
        _ = connection.take(frame(.max, type: 2))
        #expect(connection.isUsedUp)
    }

    @Test(
        arguments: [
            ("00000005 00000001 0200 12030a0161", .finish(.ok)),
            ("00000000 00000001 0200", .finish(.ok)),
            ("00000000 00000001 02ff", .finish(.ok)),
            ("00000002 00000001 0200 0a00", .finish(.ok)),
            ("00000007 00000001 0200 0a050805120178", .finish(.notFound)),
            ("00000002 00000001 0200 0a09", .finish(.internal)),
            ("00000002 00000001 0300 0801", .breach(.internal)),
            ("00000000 00000001 0305", .breach(.internal)),
            ("00000000 00000001 7f00", .ignore),
            ("00000000 00000001 0100", .ignore),
            ("00000000 00000003 0200", .ignore),
            ("00000000 00000000 0200", .ignore),
            ("00400001 00000001 0200", .breach(.resourceExhausted)),
        ] as [(String, ClientVerdict)])
    func `a unary call meets a frame`(bytes: String, verdict: ClientVerdict) {
        var connection = clientConnection(.unary)
        let seen = connection.take(hex(bytes))
        #expect(seen == verdict)
        let again = connection.take(hex("00000000 00000001 0200"))
        #expect(again == (verdict == .ignore ? .finish(.ok) : .ignore))
    }

    @Test func `the answer to a forgotten call is ignored`() {
        var connection = clientConnection(.unary, .bidirectionalStreaming)
        let forgotten = [connection.forget(1), connection.forget(3), connection.forget(5)]
        #expect(forgotten == [0, 1, nil])
        for bytes in [frame(1, type: 2), frame(3, type: 3, [1]), frame(3, type: 2)] {
            let verdict = connection.take(bytes)
            #expect(verdict == .ignore)
        }
    }

    @Test func `a lost connection gives back the calls it did not answer`() {
        var connection = clientConnection(.unary, .unary, .serverStreaming)
        _ = connection.take(frame(3, type: 2))
        let lost = connection.lose()
        #expect(Set(lost) == [0, 2])
        #expect(connection.callCount == 0)
    }

    @Test func `extensions are announced until the server has named them`() {
        var connection = clientConnection(.unary, .unary)
        #expect(connection.announces)
        // A refusal may have been written before the announcement was read.
        _ = connection.take(hex("00000007 00000001 0200 0a050805120178"))
        #expect(connection.announces)
        var response = ByteBuffer()
        response.writeResponseFrame(
            streamID: 3, .success([]), metadata: ["x-ext": "cancel,window", "k": "v"],
            payloadBytesMax: 100)
        var decoder = FrameDecoder(payloadBytesMax: 100)
        decoder.append(response)
        guard case .frame(let header, let payload) = decoder.next(),
            case .finish(1, _, let metadata) = connection.receive(
                header, payload.readableBytesUInt8Span)
        else {
            Issue.record("not finished")
            return
        }
        #expect(metadata == ["k": "v"])
        #expect(connection.extensions == [.cancel, .window])
        #expect(!connection.announces)
    }

    @Test func `a server that answers without naming any is asked no more`() {
        var connection = clientConnection(.unary)
        _ = connection.take(frame(1, type: 2))
        #expect(connection.extensions == [])
        #expect(!connection.announces)
    }
}
