// SPDX-License-Identifier: Apache-2.0

import NIOCore
import ProtobufC
import TTRPC

/// The bytes written in hex, blanks ignored.
func hex(_ text: String) -> [UInt8] {
    let digits = text.filter { $0 != " " }.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// The bytes of a frame.
func frame(
    _ id: UInt32, type: UInt8 = 1, flags: UInt8 = 0, _ payload: [UInt8] = []
) -> [UInt8] {
    var buffer = ByteBuffer()
    buffer.writeFrameHeader(
        FrameHeader(
            payloadByteCount: UInt32(payload.count), streamID: id,
            type: FrameType(rawValue: type), flags: FrameFlags(rawValue: flags)))
    buffer.writeBytes(payload)
    return Array(buffer.readableBytesView)
}

/// The bytes of a Request frame.
func request(
    _ id: UInt32, _ method: String, service: String = "a.B", _ payload: [UInt8] = [],
    timeoutNanoseconds: Int64 = 0, metadata: Metadata = .init(), flags: FrameFlags = []
) -> [UInt8] {
    var buffer = ByteBuffer()
    buffer.writeRequestFrame(
        streamID: id,
        method: MethodDescriptor(service: service, name: method, kind: .unary), payload: payload,
        timeoutNanoseconds: timeoutNanoseconds, metadata: metadata, flags: flags)
    return Array(buffer.readableBytesView)
}

/// The outcome in a Response frame's payload.
func outcome(_ payload: [UInt8]) -> UnaryOutcome? {
    ResponseEnvelope.read(payload.span)?.outcome
}

/// What a Response frame's payload holds.
func response(_ payload: [UInt8]) -> ResponseEnvelope.Contents? {
    ResponseEnvelope.read(payload.span)
}

/// The credit in a WINDOW frame's payload.
func windowUpdate(_ payload: [UInt8]) -> WindowUpdate? {
    WindowUpdate(payload.span)
}

extension UnaryOutcome {
    /// The code that the outcome stands for.
    var code: StatusCode {
        switch self {
        case .success: .ok
        case .failure(let error): error.code
        }
    }
}

/// A message that is whatever bytes it is made of.
struct Raw: Message {
    var bytes: [UInt8] = []

    static let protoName = "ttrpc.test.Raw"

    static func decode(
        _ bytes: Span<UInt8>, limits: DecodeLimits
    ) throws(DecodeError) -> Raw {
        var raw = Raw()
        for index in bytes.indices {
            raw.bytes.append(bytes[index])
        }
        switch raw.bytes {
        case [0xff]: throw DecodeError(.malformed)
        case [0xfe]: throw DecodeError(.invalidUTF8, field: "name")
        case [0xfd]: throw DecodeError(.tooDeep)
        default: return raw
        }
    }

    /// Only bytes below 0x80 come back as they were: each of them is its own varint.
    func encode(into writer: inout WireWriter) {
        for byte in bytes {
            writer.writeVarint(UInt64(byte & 0x7f))
        }
    }
}
