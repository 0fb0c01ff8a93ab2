// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TTRPC

/// The framing of the protocol once more, as plainly as it can be written: what a decoder's events
/// are compared with.
struct ReferenceFraming {
    private let payloadBytesMax: Int
    private var bytes: [UInt8] = []
    private var bytesToSkip = 0
    private var isOver = false

    init(payloadBytesMax: Int) {
        self.payloadBytesMax = payloadBytesMax
    }

    mutating func append(_ more: [UInt8]) {
        bytes += more
    }

    mutating func next() -> FrameDecoder.Event? {
        let skipped = min(bytesToSkip, bytes.count)
        bytes.removeFirst(skipped)
        bytesToSkip -= skipped
        guard !isOver, bytesToSkip == 0, let first = bytes.first else { return nil }
        guard first == 0 else {
            isOver = true
            return .notTTRPC
        }
        guard bytes.count >= 10 else { return nil }
        let header = FrameHeader(
            payloadByteCount: Self.number(bytes[0..<4]), streamID: Self.number(bytes[4..<8]),
            type: FrameType(rawValue: bytes[8]), flags: FrameFlags(rawValue: bytes[9]))
        let length = Int(header.payloadByteCount)
        guard length <= payloadBytesMax else {
            bytes.removeFirst(10)
            bytesToSkip = length
            return .oversize(header)
        }
        guard bytes.count >= 10 + length else { return nil }
        defer { bytes.removeFirst(10 + length) }
        return .frame(header, ByteBuffer(bytes: bytes[10..<10 + length]))
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }
}

/// A decoder beside its reference; both must see the same.
struct ComparedDecoder {
    private var decoder: FrameDecoder
    private var reference: ReferenceFraming

    init(payloadBytesMax: Int) {
        decoder = FrameDecoder(payloadBytesMax: payloadBytesMax)
        reference = ReferenceFraming(payloadBytesMax: payloadBytesMax)
    }

    mutating func append(_ bytes: [UInt8]) {
        decoder.append(ByteBuffer(bytes: bytes))
        reference.append(bytes)
    }

    mutating func next() -> FrameDecoder.Event? {
        let event = decoder.next()
        let expected = reference.next()
        hold(event == expected, "\(String(describing: event)) is \(String(describing: expected))")
        return event
    }
}

/// The bytes of a frame.
func frame(_ id: UInt32, _ type: UInt8, _ flags: UInt8, _ payload: [UInt8]) -> [UInt8] {
    var buffer = ByteBuffer()
    buffer.writeFrameHeader(
        FrameHeader(
            payloadByteCount: UInt32(payload.count), streamID: id,
            type: FrameType(rawValue: type), flags: FrameFlags(rawValue: flags)))
    buffer.writeBytes(payload)
    return Array(buffer.readableBytesView)
}
