// SPDX-License-Identifier: Apache-2.0

import TTRPC
import Testing

/// What a server has to do with each kind of error on the wire.
///
/// Each case begins on a new connection. Before the probe, a call of `Hold` on stream 1 may be
/// started that stays in flight, or calls may be finished.
struct WireCase: Sendable, CustomTestStringConvertible {
    enum Before: Sendable {
        case nothing
        /// A call in flight on stream 1.
        case live
        /// A finished call on stream 7.
        case finished
    }

    enum Expectation: Sendable, Equatable {
        /// A Response with this code on this stream, and the connection lives.
        case answer(UInt32, StatusCode)
        /// No frame, and the connection lives.
        case silence
        /// The connection ends.
        case close
    }

    var testDescription: String
    var before = Before.nothing
    var probe: [UInt8]
    var expect: Expectation

    static let badRequest: [UInt8] = [0x0a, 0x7f]
    static let oversize = frame(1, Array(repeating: 0, count: (4 << 20) + 1))

    static let all: [WireCase] = [
        .init(
            testDescription: "even", probe: request(2, "C"), expect: .answer(2, .invalidArgument)),
        .init(
            testDescription: "zero", probe: request(0, "C"), expect: .answer(0, .invalidArgument)),
        .init(
            testDescription: "reuse", before: .finished, probe: request(7, "C"),
            expect: .answer(7, .ok)),
        .init(
            testDescription: "lower", before: .finished, probe: request(3, "C"),
            expect: .answer(3, .ok)),
        .init(
            testDescription: "duplive", before: .live, probe: request(1, "C"), expect: .close),
        .init(testDescription: "gap", probe: request(101, "C"), expect: .answer(101, .ok)),
        .init(testDescription: "top", probe: request(.max, "C"), expect: .answer(.max, .ok)),
        .init(
            testDescription: "nosvc", probe: request(1, "C", service: "x.Y"),
            expect: .answer(1, .unimplemented)),
        .init(
            testDescription: "nometh", probe: request(1, "Nope"),
            expect: .answer(1, .unimplemented)),
        .init(
            testDescription: "badreq", probe: frame(1, badRequest),
            expect: .answer(1, .invalidArgument)),
        .init(
            testDescription: "badpayload", probe: request(1, "C", [0xff]),
            expect: .answer(1, .internal)),
        .init(testDescription: "emptyreq", probe: frame(1), expect: .answer(1, .unimplemented)),
        .init(testDescription: "type7f", probe: frame(1, type: 0x7f, [1]), expect: .silence),
        .init(testDescription: "type0", probe: frame(1, type: 0), expect: .silence),
        .init(testDescription: "resp", probe: frame(1, type: 2), expect: .silence),
        .init(
            testDescription: "type10 on a live id", before: .live, probe: frame(1, type: 0x10),
            expect: .silence),
        .init(
            testDescription: "datanone", probe: frame(1, type: 3, [8, 1]),
            expect: .answer(1, .invalidArgument)),
        .init(
            testDescription: "datadone", before: .finished, probe: frame(7, type: 3, [8, 1]),
            expect: .silence),
        .init(
            testDescription: "data on an even id", probe: frame(2, type: 3),
            expect: .answer(2, .invalidArgument)),
        .init(
            testDescription: "datalive", before: .live, probe: frame(1, type: 3, [8, 1]),
            expect: .close),
        .init(
            testDescription: "oversize", probe: oversize, expect: .answer(1, .resourceExhausted)),
        .init(
            testDescription: "huge", probe: hex("ffffffff 00000001 01 00"), expect: .close),
        .init(
            testDescription: "bigresp",
            probe: request(1, "Big", Array(repeating: 1, count: 65)),
            expect: .answer(1, .resourceExhausted)),
        .init(
            testDescription: "unknown flag bits",
            probe: request(1, "C", flags: .init(rawValue: 0xf8)),
            expect: .answer(1, .ok)),
        .init(
            testDescription: "a unary request that says it is the last frame",
            probe: request(1, "C", flags: .remoteClosed), expect: .answer(1, .ok)),
        .init(
            testDescription: "a unary request that says data will come",
            probe: request(1, "C", flags: .remoteOpen), expect: .answer(1, .invalidArgument)),
        .init(
            testDescription: "data after the end of a server stream's request",
            probe: request(1, "Endless", flags: .remoteClosed) + frame(1, type: 3, [1]),
            expect: .answer(1, .invalidArgument)),
        .init(
            testDescription: "afterRC",
            probe: request(1, "Late", flags: .remoteOpen)
                + frame(1, type: 3, flags: 5) + frame(1, type: 3, [1]),
            expect: .answer(1, .invalidArgument)),
        .init(
            testDescription: "an oversize item",
            probe: request(1, "Late", flags: .remoteOpen)
                + frame(1, type: 3, Array(repeating: 0, count: (4 << 20) + 1)),
            expect: .answer(1, .resourceExhausted)),
        .init(
            testDescription: "a giving up of nothing", probe: frame(9, type: 0x10),
            expect: .silence),
        .init(
            testDescription: "credit for nothing", probe: frame(9, type: 0x11, [0, 0]),
            expect: .silence),
        .init(
            testDescription: "a timeout that has passed",
            probe: request(1, "C", timeoutNanoseconds: -1), expect: .answer(1, .deadlineExceeded)),
        .init(
            testDescription: "timeout", probe: request(1, "Hold", timeoutNanoseconds: 50_000_000),
            expect: .answer(1, .deadlineExceeded)),
        .init(
            testDescription: "text that is not UTF-8", probe: request(1, "C", [0xfe]),
            expect: .answer(1, .invalidArgument)),
        .init(
            testDescription: "a message past its limits", probe: request(1, "C", [0xfd]),
            expect: .answer(1, .resourceExhausted)),
    ]
}
