// SPDX-License-Identifier: Apache-2.0

/// Bytes that generated code carries as base64 text, since a long array literal compiles slowly.
public enum EmbeddedBytes {
    /// The bytes behind base64 of the standard alphabet; line ends and padding are passed over.
    ///
    /// - Precondition: the text is what the generator wrote; another character is a trap.
    public static func decode(_ base64: StaticString) -> [UInt8] {
        base64.withUTF8Buffer { text in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(text.count / 4 * 3)
            var bits: UInt32 = 0
            var bitCount = 0
            for character in text where character != 0x0A && character != 0x3D {
                bits = bits << 6 | UInt32(sextet(character))
                bitCount += 6
                if bitCount >= 8 {
                    bitCount -= 8
                    bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
                }
            }
            return bytes
        }
    }

    private static func sextet(_ character: UInt8) -> UInt8 {
        switch character {
        case 0x41...0x5A: character - 0x41
        case 0x61...0x7A: character - 0x61 + 26
        case 0x30...0x39: character - 0x30 + 52
        case 0x2B: 62
        case 0x2F: 63
        default: preconditionFailure("generated base64 holds a foreign character")
        }
    }
}
