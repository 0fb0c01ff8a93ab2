// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TTRPC
import Testing

/// Drives the state machine as the server does, without a socket: what it would send, and whether
/// it would close.
private final class Driven {
    var machine: ServerConnection
    var decoder: FrameDecoder
    var answers: [(UInt32, StatusCode)] = []
    var live: [CallKey] = []
    /// Items of each call that were not taken.
    var unread: [CallKey: Int] = [:]
    var isClosed = false
    let limits: Limits
    let now = ContinuousClock.now

    init(limits: Limits = .init()) {
        self.limits = limits
        machine = ServerConnection(limits: limits)
        decoder = FrameDecoder(payloadBytesMax: limits.framePayloadBytesMax)
    }

    func feed(_ bytes: [UInt8]) {
        decoder.append(ByteBuffer(bytes: bytes))
        while !isClosed, let event = decoder.next() {
            switch event {
            case .frame(let header, let payload):
                let action = machine.receive(header, payload.readableBytesUInt8Span)
                take(action, header, payload)
            case .oversize(let header):
                take(machine.receiveOversize(header), header, ByteBuffer())
            case .notTTRPC: isClosed = true
            }
        }
    }

    private func take(
        _ action: ServerConnection.FrameAction, _ header: FrameHeader, _ payload: ByteBuffer
    ) {
        switch action {
        case .request(let envelope):
            let bytes = Array(payload.readableBytesView)
            let name = String(decoding: bytes[envelope.method], as: UTF8.self)
            begin(
                header.streamID, envelope.timeoutNanoseconds,
                finishes: !["Hold", "S", "U", "B", "Late"].contains(name),
                kind: [
                    "S": .serverStreaming, "U": .clientStreaming, "Late": .clientStreaming,
                    "B": .bidirectionalStreaming,
                ][name] ?? .unary, header.flags)
        case .refuse(let error): answers.append((header.streamID, error.code))
        case .fail(let key, let error): answers.append((key.streamID, error.code))
        case .item(let key, _):
            unread[key, default: 0] += 1
            #expect(unread[key, default: 0] <= limits.streamItemsMax)
        case .cancel, .inputEnded, .credit, .ignore: break
        case .close: isClosed = true
        }
    }

    func finish(_ key: CallKey) -> Bool {
        machine.finish(key)
    }

    func expire(_ now: ContinuousClock.Instant) -> [CallKey] {
        machine.expire(now: now)
    }

    func begin(
        _ id: UInt32, _ timeout: Int64 = 0, finishes: Bool = false, kind: CallKind = .unary,
        _ flags: FrameFlags = []
    ) {
        let action = machine.begin(
            id, kind: kind, flags: flags, timeoutNanoseconds: timeout, now: now)
        switch action {
        case .refuse(let error): answers.append((id, error.code))
        case .start(let key, _):
            if finishes, machine.finish(key) {
                answers.append((id, .ok))
            } else if !finishes {
                live.append(key)
            }
        }
    }
}

@Suite struct ServerConnectionTests {
    /// What only a method table or a handler can find out is not the machine's.
    private static let needsServer = [
        "nosvc", "nometh", "badpayload", "emptyreq", "bigresp",
        "a unary request that says data will come",
        "data after the end of a server stream's request", "afterRC", "an oversize item",
        "timeout", "text that is not UTF-8", "a message past its limits",
    ]

    @Test(arguments: WireCase.all.filter { !needsServer.contains($0.testDescription) })
    func `does with each error on the wire what the table says`(wire: WireCase) {
        let driven = Driven()
        switch wire.before {
        case .nothing: break
        case .live: driven.feed(request(1, "Hold"))
        case .finished: driven.feed(request(7, "C"))
        }
        driven.answers = []
        driven.feed(wire.probe)
        switch wire.expect {
        case .answer(let id, let code):
            #expect(driven.answers.map(\.0) == [id])
            #expect(driven.answers.map(\.1) == [code])
            #expect(!driven.isClosed)
        case .silence:
            #expect(driven.answers.isEmpty)
            #expect(!driven.isClosed)
        case .close:
            #expect(driven.isClosed)
        }
    }

    @Test func `calls up to the bound start, one past it is refused on its own id`() {
        let driven = Driven()
        for index in 0..<128 { driven.begin(UInt32(2 * index + 1)) }
        #expect(driven.answers.isEmpty)
        driven.begin(257)
        #expect(driven.answers.map(\.0) == [257])
        #expect(driven.answers.map(\.1) == [.resourceExhausted])
        #expect(driven.finish(driven.live[5]))
        driven.begin(259)
        #expect(driven.live.count == 129)
    }

    @Test func `a refusal for want of room says when to try again`() {
        var limits = Limits()
        limits.callsPerConnectionMax = 0
        var machine = ServerConnection(limits: limits)
        guard case .refuse(let error) = machine.begin(1, timeoutNanoseconds: 0, now: .now) else {
            Issue.record("started")
            return
        }
        #expect(error.detail(RetryInfo.self)?.delay == limits.retryDelay)
    }

    @Test func `a deadline is the client's, the default or the maximum`() {
        let now = ContinuousClock.now
        let cases: [(Int64, Duration)] = [
            (0, .seconds(30)), (1, .nanoseconds(1)), (600_000_000_000, .seconds(600)),
            (600_000_000_001, .seconds(600)), (.max, .seconds(600)),
        ]
        for (timeout, expected) in cases {
            var machine = ServerConnection(limits: Limits())
            guard
                case .start(_, let deadline) = machine.begin(
                    1, timeoutNanoseconds: timeout, now: now)
            else {
                Issue.record("refused")
                continue
            }
            #expect(now.duration(to: deadline) == expected)
        }
    }

    @Test func `a call ends at its deadline and not before, and its reply goes nowhere`() {
        let driven = Driven()
        driven.begin(1, 1_000)
        driven.begin(3, 2_000)
        let now = driven.now
        #expect(driven.machine.firstDeadline == now.advanced(by: .nanoseconds(1_000)))
        #expect(driven.expire(now.advanced(by: .nanoseconds(999))) == [])
        #expect(
            driven.expire(now.advanced(by: .nanoseconds(1_000)))
                == [driven.live[0]])
        #expect(!driven.finish(driven.live[0]))
        #expect(driven.finish(driven.live[1]))
        #expect(driven.machine.counters.repliesLate == 1)
        #expect(driven.machine.firstDeadline == nil)
    }

    @Test func `the late reply of an expired call does not answer the next call on its id`() {
        let driven = Driven()
        driven.begin(1, 1_000)
        _ = driven.expire(driven.now.advanced(by: .seconds(1)))
        driven.begin(1)
        #expect(!driven.finish(driven.live[0]))
        #expect(driven.finish(driven.live[1]))
    }

    @Test func `an expired call holds its place until its handler is done`() {
        var limits = Limits()
        limits.callsPerConnectionMax = 1
        let driven = Driven(limits: limits)
        driven.begin(1, 1_000)
        _ = driven.expire(driven.now.advanced(by: .seconds(1)))
        driven.begin(3)
        #expect(driven.answers.map(\.1) == [.resourceExhausted])
        _ = driven.finish(driven.live[0])
        driven.begin(5)
        #expect(driven.live.count == 2)
    }

    @Test func `a half-closed connection is finished when its calls are answered`() {
        let driven = Driven()
        driven.begin(1)
        driven.machine.closeInput()
        #expect(!driven.machine.isFinished)
        _ = driven.finish(driven.live[0])
        #expect(driven.machine.isFinished)
    }

    @Test func `a draining connection refuses new calls and finishes the old`() {
        let driven = Driven()
        driven.begin(1)
        _ = driven.machine.drain()
        driven.begin(3)
        #expect(driven.answers.map(\.1) == [.unavailable])
        #expect(!driven.machine.shouldRefuseInput)
        _ = driven.finish(driven.live[0])
        #expect(driven.machine.shouldRefuseInput)
        // What the client has sent before it knew is answered first.
        driven.begin(5)
        #expect(driven.answers.map(\.1) == [.unavailable, .unavailable])
        #expect(!driven.machine.isFinished)
        driven.machine.closeInput()
        #expect(driven.machine.isFinished)
    }

    /// Random frames, most of them nearly right.
    ///
    /// Nothing may trap, and the books must balance. A connection lives for a thousand of them at
    /// most: a length of megabytes would have it discard all the rest. The first seed did that.
    @Test(arguments: [1_053_723_836_783_062_808, UInt64.random(in: .min ... .max)])
    func `100,000 hostile frames leave it whole`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var driven = Driven()
        var closes = 0
        for step in 0..<100_000 {
            if step.isMultiple(of: 1_000) { driven = Driven() }
            driven.feed(random.hostileFrame())
            if !driven.live.isEmpty, random.next(below: 4) == 0 {
                let key = driven.live.remove(at: random.next(below: driven.live.count))
                _ = driven.finish(key)
            }
            if let (key, count) = driven.unread.randomElement(using: &random), count > 0 {
                driven.unread[key] = count - 1
                _ = driven.machine.take(key, byteCount: 1)
                _ = driven.machine.spendCredit(key, byteCount: 1)
            }
            if random.next(below: 50) == 0 {
                _ = driven.expire(driven.now.advanced(by: .nanoseconds(500)))
            }
            guard driven.machine.handlersRunning == driven.live.count,
                driven.machine.liveCallCount <= driven.live.count, driven.live.count <= 128
            else {
                Issue.record("the books do not balance; seed \(seed)")
                return
            }
            if driven.isClosed {
                closes += 1
                driven = Driven()
            }
        }
        #expect(closes > 100, "seed \(seed)")
    }
}
