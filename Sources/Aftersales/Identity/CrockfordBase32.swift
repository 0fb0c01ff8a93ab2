// SPDX-License-Identifier: Apache-2.0

/// Crockford's base32 of positive numbers: no padding, no check symbol, no leading zero.
enum CrockfordBase32 {
    private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// The shortest text of a number from 0 up, in lower case.
    static func text(_ number: Int64) -> String {
        precondition(number >= 0, "identities are positive")
        let count = max(1, (68 - number.leadingZeroBitCount) / 5)
        var rest = number
        var bytes = [UInt8](repeating: 0, count: count)
        for index in (0..<count).reversed() {
            bytes[index] = digits[Int(rest & 31)]
            rest >>= 5
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The number of a text, or nil unless it is the canonical one in lower or upper case.
    ///
    /// Crockford lets a reader take I and L for 1 and O for 0. That helps people who copy by hand;
    /// here it would only give one thing several names, so it is refused, as are leading zeros.
    static func number(_ text: Substring.UTF8View) -> Int64? {
        guard let leading = text.first, leading != UInt8(ascii: "0") || text.count == 1 else {
            return nil
        }
        var number: Int64 = 0
        for byte in text {
            guard let digit = digit(byte) else { return nil }
            let (shifted, overflow) = number.multipliedReportingOverflow(by: 32)
            if overflow { return nil }
            number = shifted | digit
        }
        return number
    }

    private static func digit(_ byte: UInt8) -> Int64? {
        let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
        let lower = isUpper ? byte | 0x20 : byte
        return digits.firstIndex(of: lower).map(Int64.init)
    }
}
