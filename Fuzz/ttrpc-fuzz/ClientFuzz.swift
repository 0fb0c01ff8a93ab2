// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TTRPC

/// Drives a client's decoder and state machine with what a server sends.
struct ClientFuzz {
    private static let payloadBytesMax = 512
    private static let callsMax = 5

    private var decoder = ComparedDecoder(payloadBytesMax: payloadBytesMax)
    private var machine = ClientConnection<Int>(callsMax: callsMax)
    /// Calls in flight: their stream ids and what the driver knows them by.
    private var live: [UInt32: Int] = [:]
    private var begun = 0
    private var lastID: UInt32 = 0
    private var isClosed = false

    static func run(_ input: [UInt8]) -> Int32 {
        var fuzz = ClientFuzz()
        for _ in 0..<callsMax { fuzz.begin() }
        if input.first == 0 {
            fuzz.feed(input, piece: 1 + input.count % 37)
        } else {
            var cursor = InputCursor(input, from: 1)
            while !cursor.isAtEnd, !fuzz.isClosed { fuzz.step(&cursor) }
        }
        let lost = fuzz.machine.lose()
        hold(lost.sorted() == fuzz.live.values.sorted(), "who was not answered is told")
        hold(fuzz.machine.callsInFlight.isEmpty, "nothing is left of a lost connection")
        return 0
    }

    private mutating func step(_ cursor: inout InputCursor) {
        let decision = cursor.byte()
        switch decision % 8 {
        case 0, 1: begin()
        case 2:
            let id = UInt32(cursor.byte())
            hold(machine.forget(id) == live.removeValue(forKey: id), "what is given up was known")
        case 3: feed(cursor.take(Int(cursor.byte())), piece: 1 + Int(decision) / 4)
        default:
            let types: [UInt8] = [2, 2, 2, 3, 3, 1, 0x10, 0x11]
            let type = types[Int(cursor.byte()) % types.count]
            let bytes = frame(
                UInt32(cursor.byte()), type, cursor.byte(), cursor.take(Int(cursor.byte())))
            feed(bytes, piece: 1 + Int(decision) / 4)
        }
        hold(machine.callsInFlight.count == live.count, "the same calls are in flight")
    }

    private mutating func begin() {
        guard let id = machine.begin(begun) else {
            hold(live.count >= Self.callsMax, "there is room until all places are taken")
            return
        }
        hold(id & 1 == 1 && (id == 1 || id == lastID + 2), "ids are odd and go up by two")
        lastID = id
        live[id] = begun
        begun += 1
        hold(live.count <= Self.callsMax, "calls in flight are bounded")
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
            perform(machine.receive(header, bytes.span), header)
        case .oversize(let header):
            perform(machine.receiveOversize(header, limit: Self.payloadBytesMax), header)
        case .notTTRPC: isClosed = true
        }
    }

    private mutating func perform(
        _ action: ClientConnection<Int>.FrameAction, _ header: FrameHeader
    ) {
        switch action {
        case .finish(let call, let outcome):
            hold(live.removeValue(forKey: header.streamID) == call, "an answer is its call's")
            if case .failure(let error) = outcome {
                hold(error.code != .ok, "a failure is an error")
            }
        case .ignore: break
        case .close: isClosed = true
        }
    }
}
