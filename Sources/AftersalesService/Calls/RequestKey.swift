// SPDX-License-Identifier: Apache-2.0

import Digest
import ProtobufC
import TTRPC

/// What makes a repeated call recognizable: its key, and a digest of everything else it says.
struct RequestKey {
    /// Lower-cased UUID text, 36 characters.
    let id: String
    /// SHA-256 of the request's deterministic encoding without key and expected version.
    let digest: [UInt8]

    init(_ request: some KeyedRequest) throws(RPCError) {
        guard let id = Self.canonical(request.requestID) else {
            throw ServiceErrors.invalid(
                "request_id", "REQUEST_ID",
                """
                request_id must be the text of a UUID, 36 characters; make a new one for each \
                effect and keep it for repeats
                """)
        }
        self.id = id
        digest = SHA256.hash(request.content.encoded())
    }

    /// A number that only this key has, as far as 64 bits can tell keys apart.
    var number: Int64 {
        let hash = SHA256.hash(Array(id.utf8))
        return Int64(bitPattern: hash.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// 8-4-4-4-12 hexadecimal digits, lower-cased; nil for anything else.
    private static func canonical(_ text: String) -> String? {
        var bytes = Array(text.utf8)
        guard bytes.count == 36 else { return nil }
        for index in bytes.indices {
            let byte = bytes[index]
            switch (index, byte) {
            case (8, UInt8(ascii: "-")), (13, UInt8(ascii: "-")), (18, UInt8(ascii: "-")),
                (23, UInt8(ascii: "-")):
                continue
            case (8, _), (13, _), (18, _), (23, _): return nil
            case (_, 0x30...0x39), (_, 0x61...0x66): continue
            case (_, 0x41...0x46): bytes[index] = byte | 0x20
            default: return nil
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
