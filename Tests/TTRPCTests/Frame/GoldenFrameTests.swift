// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TTRPC
import Testing

/// The frames that every implementation of the protocol agrees on, byte for byte.
@Suite struct GoldenFrameTests {
    struct RequestCase: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var id: UInt32
        var timeout: Int64 = 0
        var payload: [UInt8] = []
        var metadata: Metadata = [:]
        var bytes: String
    }

    static let requests: [RequestCase] = [
        .init(
            testDescription: "payload", id: 1, payload: [0x0a, 1, 0x61],
            bytes: "0000000d 00000001 01 00 0a03612e42 120143 1a030a0161"),
        .init(
            testDescription: "timeout and metadata", id: 3, timeout: 1_000_000_000,
            metadata: ["k": "v", "k": "w"],
            bytes: """
                0000001e 00000003 01 00 0a03612e42 120143 208094ebdc03 2a060a016b120176
                2a060a016b120177
                """),
        .init(
            testDescription: "timeout -1", id: 5, timeout: -1,
            bytes: "00000013 00000005 01 00 0a03612e42 120143 20ffffffffffffffffff01"),
    ]

    @Test(arguments: requests)
    func `a client writes the request`(golden: RequestCase) {
        let bytes = request(
            golden.id, "C", golden.payload, timeoutNanoseconds: golden.timeout,
            metadata: golden.metadata)
        #expect(bytes == hex(golden.bytes))
    }

    @Test(arguments: requests)
    func `a server reads the request`(golden: RequestCase) throws {
        let bytes = hex(golden.bytes)
        var decoder = FrameDecoder(payloadBytesMax: 4 << 20)
        decoder.append(ByteBuffer(bytes: bytes))
        guard case .frame(let header, let payload) = decoder.next() else {
            Issue.record("no frame")
            return
        }
        #expect(header.streamID == golden.id)
        #expect(header.type == .request)
        #expect(header.flags == [])
        let content = Array(payload.readableBytesView)
        let envelope = try RequestEnvelope(content.span, limits: Limits())
        #expect(Array(content[envelope.service]) == Array("a.B".utf8))
        #expect(Array(content[envelope.method]) == Array("C".utf8))
        #expect(Array(content[envelope.payload]) == golden.payload)
        #expect(envelope.timeoutNanoseconds == golden.timeout)
        #expect(envelope.metadata == golden.metadata)
        #expect(!decoder.isInsideFrame)
    }

    static let responses: [(UnaryOutcome, String)] = [
        (.success([0x0a, 1, 0x61]), "00000005 00000001 02 00 12030a0161"),
        (.success([]), "00000000 00000001 02 00"),
        (.failure(RPCError(.notFound, "x")), "00000007 00000001 02 00 0a05 0805 120178"),
    ]

    @Test(arguments: responses)
    func `a server writes the response`(result: UnaryOutcome, golden: String) {
        var buffer = ByteBuffer()
        buffer.writeResponseFrame(streamID: 1, result, payloadBytesMax: 4 << 20)
        #expect(Array(buffer.readableBytesView) == hex(golden))
    }

    @Test(arguments: responses)
    func `a client reads the response`(result: UnaryOutcome, golden: String) {
        #expect(outcome(Array(hex(golden).dropFirst(10))) == result)
    }

    @Test func `an explicit OK status is success, as Rust sends it`() {
        #expect(outcome(hex("0a00")) == .success([]))
        #expect(outcome(hex("0a00 12030a0161")) == .success([0x0a, 1, 0x61]))
        #expect(outcome(hex("0a02 0800")) == .success([]))
    }

    @Test func `unknown fields of a response are skipped`() {
        #expect(outcome(hex("fa07 01 61 12 01 05 f80701")) == .success([5]))
    }

    @Test(arguments: [
        "0000000c 00000007 01 01", "00000008 00000009 01 02", "00000008 00000009 01 06",
    ])
    func `the flags of stream requests are read`(golden: String) throws {
        let bytes = hex(golden)
        var buffer = ByteBuffer(bytes: bytes)
        let read = buffer.readFrameHeader()
        let header = try #require(read)
        #expect(header.type == .request)
        #expect(header.flags.rawValue == bytes[9])
    }
}
