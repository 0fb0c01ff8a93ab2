// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TTRPC
import Testing

@Suite struct FrameDecoderTests {
    private func events(_ chunks: [[UInt8]], limit: Int = 100) -> [FrameDecoder.Event] {
        var decoder = FrameDecoder(payloadBytesMax: limit)
        var events: [FrameDecoder.Event] = []
        for chunk in chunks {
            decoder.append(ByteBuffer(bytes: chunk))
            while let event = decoder.next() {
                events.append(event)
                if event == .notTTRPC { return events }
            }
        }
        return events
    }

    private static let stream =
        frame(1, [1, 2, 3]) + frame(3, type: 3, flags: 5) + frame(5, Array(0..<101))
        + frame(7, Array(0..<100))

    @Test func `frames come out as they went in, one past the limit by its header alone`() {
        let events = events([Self.stream])
        #expect(events.count == 4)
        #expect(
            events[0]
                == .frame(
                    FrameHeader(payloadByteCount: 3, streamID: 1, type: .request),
                    ByteBuffer(bytes: [1, 2, 3])))
        #expect(
            events[2]
                == .oversize(FrameHeader(payloadByteCount: 101, streamID: 5, type: .request)))
        #expect(
            events[3]
                == .frame(
                    FrameHeader(payloadByteCount: 100, streamID: 7, type: .request),
                    ByteBuffer(bytes: Array(0..<100))))
    }

    @Test func `where the bytes are split does not matter`() {
        let whole = events([Self.stream])
        for cut in 1..<Self.stream.count {
            #expect(events([Array(Self.stream[..<cut]), Array(Self.stream[cut...])]) == whole)
        }
        #expect(events(Self.stream.map { [$0] }) == whole)
    }

    @Test(arguments: [1, 0x7f, 0x80, 0xff] as [UInt8])
    func `a first byte that is not 0 is not ttrpc, as soon as it is seen`(first: UInt8) {
        #expect(events([[first]]) == [.notTTRPC])
        #expect(events([frame(1, [9]) + [first]]).last == .notTTRPC)
    }

    @Test func `the largest frame is 4 MiB inclusive`() {
        let header = FrameHeader(payloadByteCount: 4 << 20, streamID: 1, type: .request)
        var buffer = ByteBuffer()
        buffer.writeFrameHeader(header)
        buffer.writeRepeatingByte(1, count: 4 << 20)
        var decoder = FrameDecoder(payloadBytesMax: Limits().framePayloadBytesMax)
        decoder.append(buffer)
        guard case .frame(header, _) = decoder.next() else {
            Issue.record("refused")
            return
        }
        let past = FrameHeader(payloadByteCount: 4 << 20 | 1, streamID: 1, type: .request)
        buffer.clear()
        buffer.writeFrameHeader(past)
        decoder.append(buffer)
        #expect(decoder.next() == .oversize(past))
    }

    @Test func `an oversize payload is dropped piece by piece and the next frame is whole`() {
        let chunks = [frame(1, Array(repeating: 1, count: 150)), [], frame(3, [7])]
        #expect(events(chunks).count == 2)
        let bytes = chunks.flatMap { $0 }
        for size in [1, 7, 10, 149, 150, 161] {
            let pieces = stride(from: 0, to: bytes.count, by: size).map {
                Array(bytes[$0..<min($0 + size, bytes.count)])
            }
            #expect(events(pieces) == events(chunks))
        }
    }

    @Test func `it is inside a frame from its first byte to its last`() {
        var decoder = FrameDecoder(payloadBytesMax: 4)
        #expect(!decoder.isInsideFrame)
        for (index, byte) in frame(1, [1, 2]).enumerated() {
            decoder.append(ByteBuffer(bytes: [byte]))
            let event = decoder.next()
            #expect((event != nil) == (index == 11))
            #expect(decoder.isInsideFrame == (index < 11))
        }
        decoder.append(ByteBuffer(bytes: frame(1, [1, 2, 3, 4, 5]).dropLast()))
        _ = decoder.next()
        #expect(decoder.isInsideFrame)
        decoder.append(ByteBuffer(bytes: [5]))
        #expect(!decoder.isInsideFrame)
    }
}
