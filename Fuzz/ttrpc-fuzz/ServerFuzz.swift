// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TTRPC

/// Drives a server's decoder and state machine with what a peer sends, and with handlers that
/// finish, take and write whenever the input says so.
struct ServerFuzz {
    private static let limits: Limits = {
        var limits = Limits()
        // Small, so that the bounds are reached.
        limits.framePayloadBytesMax = 512
        limits.callsPerConnectionMax = 5
        limits.streamItemsMax = 4
        limits.streamWindowBytes = 1_024
        limits.metadataPairsMax = 4
        limits.metadataBytesMax = 64
        return limits
    }()

    private var decoder = ComparedDecoder(payloadBytesMax: limits.framePayloadBytesMax)
    private var machine = ServerConnection(limits: limits)
    private var model = ServerModel(limits: limits)
    private var now = ContinuousClock.now
    private var isInputClosed = false
    private var isClosed = false

    static func run(_ input: [UInt8]) -> Int32 {
        var fuzz = ServerFuzz()
        // What begins as a frame does is frames and nothing else: golden bytes are inputs as they
        // are. Anything else is decisions.
        if input.first == 0 {
            fuzz.feed(input, piece: 1 + input.count % 37)
        } else {
            var cursor = InputCursor(input, from: 1)
            while !cursor.isAtEnd, !fuzz.isClosed { fuzz.step(&cursor) }
        }
        fuzz.finishAll()
        return 0
    }

    private mutating func step(_ cursor: inout InputCursor) {
        let decision = cursor.byte()
        switch decision % 12 {
        case 0, 1, 2: feed(request(&cursor), piece: 1 + Int(decision) / 4)
        case 3, 4, 5: feed(other(&cursor), piece: 1 + Int(decision) / 4)
        case 6: feed(cursor.take(Int(cursor.byte())), piece: 1 + Int(decision) / 4)
        case 7: finish(Int(cursor.byte()))
        case 8: take(Int(cursor.byte()))
        case 9: write(Int(cursor.byte()), byteCount: Int(cursor.byte()))
        case 10: expire(after: .milliseconds(100 * Int(cursor.byte())))
        default: end(cursor.byte())
        }
        model.agrees(with: machine)
    }

    // MARK: What the peer sends

    private func request(_ cursor: inout InputCursor) -> [UInt8] {
        let id = UInt32(cursor.byte() % 24)
        let flags = cursor.byte()
        let shape = cursor.byte()
        var metadata = Metadata()
        if shape & 0x10 != 0 { metadata.append(key: "x-ext", value: "cancel,window,rmeta") }
        if shape & 0x20 != 0 { metadata.append(key: "K", value: "v") }
        var buffer = ByteBuffer()
        buffer.writeRequestFrame(
            streamID: id,
            method: MethodDescriptor(
                service: "s", name: ["U", "S", "C", "B"][Int(shape & 3)], kind: .unary),
            payload: cursor.take(Int(shape >> 6) * 3),
            timeoutNanoseconds: shape & 4 != 0 ? Int64(Int8(bitPattern: flags)) * 50_000_000 : 0,
            metadata: metadata, flags: FrameFlags(rawValue: flags & 7))
        return Array(buffer.readableBytesView)
    }

    private func other(_ cursor: inout InputCursor) -> [UInt8] {
        let types: [UInt8] = [3, 3, 3, 0x10, 0x11, 0x11, 2, 1]
        let type = types[Int(cursor.byte()) % types.count]
        let id = UInt32(cursor.byte() % 24)
        let flags = cursor.byte()
        let length = Int(cursor.byte())
        // Lengths up to four times the limit, the payload made up where the input has none left.
        let payload = type == 0x11 ? cursor.take(8) : cursor.take(length & 15)
        let padding = [UInt8](repeating: 0, count: length >= 0xf0 ? (length & 15) * 128 : 0)
        return frame(id, type, flags, payload + padding)
    }

    private mutating func feed(_ bytes: [UInt8], piece: Int) {
        guard !isInputClosed else { return }
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
            perform(machine.receive(header, bytes.span), header, bytes)
        case .oversize(let header): perform(machine.receiveOversize(header), header, [])
        case .notTTRPC:
            hold(machine.receiveGarbage() == .close, "noise ends the connection")
            isClosed = true
        }
    }

    private mutating func perform(
        _ action: ServerConnection.FrameAction, _ header: FrameHeader, _ bytes: [UInt8]
    ) {
        switch action {
        case .request(let envelope): begin(header, envelope, bytes)
        case .item(let key, let isLast):
            hold(key.streamID == header.streamID, "an item is of its frame's stream")
            model.item(key, byteCount: bytes.count, isLast: isLast)
        case .inputEnded(let key): model.inputEnded(key)
        case .credit(let key): model.expectLive(key)
        case .cancel(let key), .fail(let key, _): model.ended(key)
        case .refuse(let error):
            hold(error.code != .ok, "a refusal is an error")
            model.refused(header.streamID)
        case .ignore: break
        case .close:
            model.closed(header)
            isClosed = true
        }
    }

    private mutating func begin(
        _ header: FrameHeader, _ envelope: RequestEnvelope, _ bytes: [UInt8]
    ) {
        for range in [envelope.service, envelope.method, envelope.payload] {
            hold(range.upperBound <= bytes.count, "the parts of a request lie in it")
        }
        let kinds: [String: CallKind] = [
            "S": .serverStreaming, "C": .clientStreaming, "B": .bidirectionalStreaming,
        ]
        let name = String(decoding: bytes[envelope.method], as: UTF8.self)
        let kind = kinds[name] ?? .unary
        let action = machine.begin(
            header.streamID, kind: kind, flags: header.flags,
            timeoutNanoseconds: envelope.timeoutNanoseconds, now: now)
        switch action {
        case .refuse: model.refused(header.streamID)
        case .start(let key, let deadline):
            hold(deadline > now || envelope.timeoutNanoseconds == 0, "a deadline lies ahead")
            let hasNoInput =
                kind.streamsRequests && !header.flags.contains(.remoteOpen)
                || header.flags.contains(.remoteClosed)
            model.started(
                .init(key: key, kind: kind, deadline: deadline, isInputOver: hasNoInput))
        }
    }

    // MARK: What handlers do

    private mutating func finish(_ choice: Int) {
        guard !model.handlers.isEmpty else { return }
        let (key, isAwaited) = model.finished(at: choice % model.handlers.count)
        hold(machine.finish(key) == isAwaited, "an outcome is sent while its client waits")
    }

    private mutating func take(_ choice: Int) {
        guard !model.handlers.isEmpty else { return }
        let key = model.handlers[choice % model.handlers.count]
        guard let byteCount = model.take(key) else { return }
        if let update = machine.take(key, byteCount: byteCount) {
            hold(machine.extensions.contains(.window), "credit only for who knows it")
            hold(Int(update.items) <= Self.limits.streamItemsMax, "no more credit than room")
        }
    }

    private mutating func write(_ choice: Int, byteCount: Int) {
        guard !model.handlers.isEmpty else { return }
        let key = model.handlers[choice % model.handlers.count]
        _ = machine.spendCredit(key, byteCount: byteCount)
        _ = machine.takeAcknowledgement()
    }

    // MARK: Time and the end

    private mutating func expire(after duration: Duration) {
        now = now.advanced(by: duration)
        let expected = model.expired(at: now)
        let expired = machine.expire(now: now)
        hold(Set(expired) == expected && expired.count == expected.count, "who is late ends once")
        for key in expired { model.ended(key) }
    }

    private mutating func end(_ choice: UInt8) {
        if choice.isMultiple(of: 2) {
            machine.closeInput()
            isInputClosed = true
        } else {
            for key in machine.drain() {
                hold(model.live[key.streamID]?.kind != .unary, "unary calls go on")
                model.ended(key)
            }
        }
    }

    /// In the end every handler finishes, and the connection has nothing left.
    private mutating func finishAll() {
        while !model.handlers.isEmpty { finish(0) }
        model.agrees(with: machine)
        machine.closeInput()
        hold(machine.isFinished, "nothing is owed when all handlers have finished")
        hold(machine.handlersRunning == 0, "no handler is left")
    }
}
