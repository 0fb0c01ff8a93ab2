// SPDX-License-Identifier: Apache-2.0

/// The protocol's bytes, written and read here by nothing that is tested.
enum Wire {
    static let request: UInt8 = 1
    static let response: UInt8 = 2
    static let data: UInt8 = 3
    static let cancel: UInt8 = 0x10
    static let window: UInt8 = 0x11

    static let remoteClosed: UInt8 = 1
    static let remoteOpen: UInt8 = 2
    static let noData: UInt8 = 4

    static let service = "ttrpcprobe.v1.Echo"

    /// The metadata by which a peer says that it knows our extensions.
    static let announcement = [("x-ext", "cancel,window,rmeta")]

    /// A frame whose header tells the length of its payload.
    static func frame(
        _ id: UInt32, type: UInt8 = request, flags: UInt8 = 0, _ payload: [UInt8] = []
    ) -> [UInt8] {
        bigEndian(UInt32(payload.count)) + bigEndian(id) + [type, flags] + payload
    }

    /// A Request frame.
    static func call(
        _ id: UInt32, _ method: String, service: String = service, _ payload: [UInt8] = [],
        timeout: Int64 = 0, metadata: [(String, String)] = [], flags: UInt8 = 0
    ) -> [UInt8] {
        var envelope = field(1, Array(service.utf8)) + field(2, Array(method.utf8))
        if !payload.isEmpty { envelope += field(3, payload) }
        if timeout != 0 { envelope += [0x20] + varint(UInt64(bitPattern: timeout)) }
        for (key, value) in metadata {
            envelope += field(5, field(1, Array(key.utf8)) + field(2, Array(value.utf8)))
        }
        return frame(id, flags: flags, envelope)
    }

    /// A Data frame.
    static func item(_ id: UInt32, _ payload: [UInt8] = [], flags: UInt8 = 0) -> [UInt8] {
        frame(id, type: data, flags: flags, payload)
    }

    /// The end of a sender's side of a stream.
    static func end(_ id: UInt32) -> [UInt8] {
        item(id, flags: remoteClosed | noData)
    }

    /// A message whose field 1 is a number: Int64Value and Int32Value.
    static func number(_ value: Int64) -> [UInt8] {
        value == 0 ? [] : [0x08] + varint(UInt64(bitPattern: value))
    }

    /// A message whose field 1 is text or bytes: StringValue and BytesValue.
    static func text(_ value: String) -> [UInt8] {
        value.isEmpty ? [] : field(1, Array(value.utf8))
    }

    static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [number << 3 | 2] + varint(UInt64(bytes.count)) + bytes
    }

    static func varint(_ value: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }
}

/// The bytes written in hex, blanks ignored.
func hex(_ text: String) -> [UInt8] {
    let digits = text.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// A frame that came.
struct WireFrame: Equatable, CustomStringConvertible {
    var id: UInt32
    var type: UInt8
    var flags: UInt8
    var payload: [UInt8]

    /// All its bytes again.
    var bytes: [UInt8] { Wire.frame(id, type: type, flags: flags, payload) }

    var description: String {
        let start = payload.prefix(24).map { String($0, radix: 16) }.joined(separator: " ")
        return "id \(id) type \(type) flags \(flags) bytes \(payload.count): \(start)"
    }

    /// The code of a Response; 0 where it has none, nil where it is no Response.
    var code: Int? {
        guard type == Wire.response else { return nil }
        // A status comes first, its code first in it; both lengths are below 128 × 128.
        guard payload.first == 0x0a else { return 0 }
        let status = payload.dropFirst().drop { $0 >= 0x80 }.dropFirst()
        guard status.first == 0x08, let code = status.dropFirst().first else { return 0 }
        return Int(code)
    }
}
