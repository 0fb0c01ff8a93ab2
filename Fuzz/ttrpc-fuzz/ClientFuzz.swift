// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TTRPC

/// Drives a client's decoder and state machine with what a server sends.
struct ClientFuzz {
    private static let limits: Limits = {
        var limits = Limits()
        // Small, so that the bounds are reached.
        limits.framePayloadBytesMax = 512
        limits.callsPerConnectionMax = 5
        return limits
    }()
    /// The credit that every stream begins with.
    private static let initial = SendCredit(limits: .init())
    private static let kinds: [CallKind] = [
        .unary, .serverStreaming, .clientStreaming, .bidirectionalStreaming,
    ]

    private struct Call {
        let name: Int
        let kind: CallKind
        var unread: [Int] = []
    }

    private var decoder = ComparedDecoder(payloadBytesMax: limits.framePayloadBytesMax)
    private var machine = ClientConnection<Int>(limits: limits)
    /// Calls in flight by their stream ids.
    private var live: [UInt32: Call] = [:]
    private var begun = 0
    private var lastID: UInt32 = 0
    private var isClosed = false

    static func run(_ input: [UInt8]) -> Int32 {
        var fuzz = ClientFuzz()
        for index in 0..<limits.callsPerConnectionMax { fuzz.begin(kinds[index % kinds.count]) }
        if input.first == 0 {
            fuzz.feed(input, piece: 1 + input.count % 37)
        } else {
            var cursor = InputCursor(input, from: 1)
            while !cursor.isAtEnd, !fuzz.isClosed { fuzz.step(&cursor) }
        }
        let lost = fuzz.machine.lose()
        let expected = fuzz.live.values.map(\.name)
        hold(lost.sorted() == expected.sorted(), "who was not answered is told")
        hold(fuzz.machine.callCount == 0, "nothing is left of a lost connection")
        return 0
    }

    private mutating func step(_ cursor: inout InputCursor) {
        let decision = cursor.byte()
        switch decision % 12 {
        case 0, 1: begin(Self.kinds[Int(decision >> 4) % Self.kinds.count])
        case 2:
            let id = UInt32(cursor.byte())
            hold(
                machine.forget(id) == live.removeValue(forKey: id)?.name,
                "what is given up was known")
        case 3: feed(cursor.take(Int(cursor.byte())), piece: 1 + Int(decision) / 4)
        case 4: write(UInt32(cursor.byte()), byteCount: Int(cursor.byte()))
        case 5: consume(UInt32(cursor.byte()))
        case 6:
            let id = UInt32(cursor.byte())
            hold(!machine.finish(id) || live[id] != nil, "only a live stream is finished")
        case 7 where cursor.byte() > 200: machine.presumeForeign()
        default:
            let types: [UInt8] = [2, 2, 2, 3, 3, 1, 0x10, 0x11]
            let type = types[Int(cursor.byte()) % types.count]
            let bytes = frame(
                UInt32(cursor.byte() % 32), type, cursor.byte(),
                cursor.take(type == 0x11 ? 8 : Int(cursor.byte())))
            feed(bytes, piece: 1 + Int(decision) / 4)
        }
        hold(machine.callCount == live.count, "the same calls are in flight")
        hold(
            machine.unaryCallCount == live.values.count { $0.kind == .unary },
            "the same of them are unary")
    }

    private mutating func begin(_ kind: CallKind) {
        guard let id = machine.begin(begun, kind: kind) else {
            hold(
                live.count >= Self.limits.callsPerConnectionMax,
                "there is room until all places are taken")
            return
        }
        hold(id & 1 == 1 && (id == 1 || id == lastID + 2), "ids are odd and go up by two")
        lastID = id
        live[id] = Call(name: begun, kind: kind)
        begun += 1
        hold(live.count <= Self.limits.callsPerConnectionMax, "calls in flight are bounded")
    }

    private mutating func write(_ id: UInt32, byteCount: Int) {
        guard machine.refusal(toWriteOn: id) == nil else { return }
        hold(live[id].map { $0.kind != .unary } == true, "items only on live streams")
        machine.wrote(on: id, byteCount: byteCount)
    }

    private mutating func consume(_ id: UInt32) {
        guard live[id]?.unread.isEmpty == false, let byteCount = live[id]?.unread.removeFirst()
        else { return }
        if let update = machine.consumed(on: id, byteCount: byteCount) {
            hold(update.items <= Self.initial.items, "no more credit than room")
        }
    }

    private mutating func feed(_ bytes: [UInt8], piece: Int) {
        for start in stride(from: 0, to: bytes.count, by: piece) {
            decoder.append(Array(bytes[start..<min(start + piece, bytes.count)]))
            while !isClosed, let event = decoder.next() { receive(event) }
            guard !isClosed else { return }
        }
    }

    private mutating func receive(_ event: FrameDecoder.Event) {
        switch event {
        case .frame(let header, let payload):
            let bytes = Array(payload.readableBytesView)
            perform(machine.receive(header, bytes.span), header, bytes.count)
        case .oversize(let header):
            perform(machine.receiveOversize(header), header)
        case .notTTRPC: isClosed = true
        }
    }

    private mutating func perform(
        _ action: ClientConnection<Int>.FrameAction, _ header: FrameHeader, _ byteCount: Int = 0
    ) {
        switch action {
        case .finish(let name, let outcome, _):
            hold(live[header.streamID]?.kind == .unary, "a unary call has one answer")
            end(name, header.streamID)
            if case .failure(let error) = outcome {
                hold(error.code != .ok, "a failure is an error")
            }
        case .item(let name, let bytes):
            hold(live[header.streamID]?.name == name, "an item is its stream's")
            hold(bytes.count == byteCount, "an item is its frame's payload")
            live[header.streamID]?.unread.append(byteCount)
            let unread = live[header.streamID]?.unread ?? []
            // A client has room for at least the credit that every stream begins with.
            hold(unread.count <= Self.initial.items, "unread items are bounded")
            hold(
                unread.reduce(0, +)
                    <= Self.initial.bytes + Self.limits.framePayloadBytesMax,
                "unread bytes are bounded")
        case .lastItem(let name, _, _): end(name, header.streamID)
        case .end(let name, let error, _):
            hold(error?.code != .ok, "a failure is an error")
            end(name, header.streamID)
        case .breach(let name, let streamID, let error):
            hold(streamID == header.streamID && error.code != .ok, "a breach is its stream's")
            end(name, streamID)
        case .room, .ignore: break
        case .close: isClosed = true
        }
    }

    private mutating func end(_ name: Int, _ id: UInt32) {
        hold(live.removeValue(forKey: id)?.name == name, "an end is its call's, and comes once")
    }
}
