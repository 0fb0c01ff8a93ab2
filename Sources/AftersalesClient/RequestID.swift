// SPDX-License-Identifier: Apache-2.0

/// Keys of effects: what a mutation's `request_id` takes.
///
/// The daemon keeps the reply to each id: the same id with the same content gives the same reply
/// again and no second effect. Make one id per intended effect, keep it until the outcome is
/// known, and never use it for other content.
public enum RequestID {
    /// A new id from the system's randomness: a UUID of version 4 (RFC 9562) as its text of 36
    /// characters in lower case.
    public static func make() -> String {
        var random = SystemRandomNumberGenerator()
        return make(using: &random)
    }

    /// A new id from a randomness of the caller's.
    public static func make(using random: inout some RandomNumberGenerator) -> String {
        var high: UInt64 = random.next()
        high = high & ~0xF000 | 0x4000
        var low: UInt64 = random.next()
        low = low & ~(0b11 << 62) | 0b10 << 62
        let digits = Array((hexadecimal(high) + hexadecimal(low)).utf8)
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return groups.map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
