// SPDX-License-Identifier: Apache-2.0

/// Where the next page of a list begins: opaque to callers, meaningless for another filter.
///
/// The bytes are a version, a hash of the filter and the last key, in base64url without padding.
/// A token is not signed and gives no right: the caller is authorized again on every page.
struct PageToken: Equatable {
    /// The keys of the last row of the page before, most significant first.
    var keys: [Int64]

    /// Keys of one token; every list sorts by fewer columns.
    static let keyCountMax = 4
    private static let version: UInt8 = 1

    /// The text that goes to the caller; it holds for this filter only.
    func text(filter: [UInt8]) -> String {
        precondition(keys.count <= Self.keyCountMax)
        var bytes = [Self.version]
        Self.append(Self.hash(filter), to: &bytes)
        for key in keys {
            Self.append(UInt64(bitPattern: key), to: &bytes)
        }
        return Base64URL.text(bytes)
    }

    /// Reads a caller's token; nil if it is not one of ours, or was made for another filter.
    init?(text: String, filter: [UInt8]) {
        guard let bytes = Base64URL.bytes(text), bytes.count >= 9, (bytes.count - 9) % 8 == 0,
            (bytes.count - 9) / 8 <= Self.keyCountMax, bytes[0] == Self.version,
            Self.integer(bytes[1..<9]) == Self.hash(filter)
        else { return nil }
        keys = stride(from: 9, to: bytes.count, by: 8).map {
            Int64(bitPattern: Self.integer(bytes[$0..<$0 + 8]))
        }
    }

    init(keys: [Int64]) {
        self.keys = keys
    }

    /// FNV-1a: it tells filters apart by accident only, which is all it has to.
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// Base64 with the URL-safe alphabet and without padding.
///
/// Source: RFC 4648, section 5.
enum Base64URL {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var characters: [UInt8] = []
        var buffer: UInt32 = 0
        var bits: UInt32 = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                characters.append(alphabet[Int(buffer >> bits & 63)])
            }
        }
        if bits > 0 {
            characters.append(alphabet[Int(buffer << (6 - bits) & 63)])
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// nil for a character outside the alphabet, a length no encoder writes, or stray bits.
    static func bytes(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer: UInt32 = 0
        var bits: UInt32 = 0
        for character in text.utf8 {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            buffer = buffer << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
            }
        }
        let stray = buffer & (1 << bits - 1)
        return bits < 6 && stray == 0 ? bytes : nil
    }
}
