// SPDX-License-Identifier: Apache-2.0

/// Base64 of RFC 4648, section 4.
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

    /// Lines of at most 96 characters.
    static func lines(_ bytes: [UInt8]) -> [String] {
        stride(from: 0, to: bytes.count, by: 72).map { start in
            encode(bytes[start..<min(start + 72, bytes.count)])
        }
    }

    private static func encode(_ bytes: ArraySlice<UInt8>) -> String {
        var text = ""
        var rest = bytes
        while !rest.isEmpty {
            let three = rest.prefix(3)
            rest = rest.dropFirst(3)
            var bits: UInt32 = 0
            for index in 0..<3 {
                let position = three.startIndex + index
                bits = bits << 8 | (position < three.endIndex ? UInt32(three[position]) : 0)
            }
            for index in 0..<4 {
                let sextet = Int(bits >> UInt32(18 - 6 * index) & 63)
                text.append(index <= three.count ? alphabet[sextet] : "=")
            }
        }
        return text
    }
}
