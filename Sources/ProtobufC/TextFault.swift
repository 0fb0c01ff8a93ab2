// SPDX-License-Identifier: Apache-2.0

/// What keeps bytes from being a proto string that survives C: bad UTF-8 or a NUL; nil is sound.
///
/// Well-formed is table 3-7 of the Unicode Standard: no overlong form, no surrogate, nothing past
/// U+10FFFF. Where both faults are present, the first decides.
func textFault(in bytes: Span<UInt8>) -> DecodeError.Reason? {
    bytes.withUnsafeBufferPointer { textFault(in: $0) }
}

private func textFault(in bytes: UnsafeBufferPointer<UInt8>) -> DecodeError.Reason? {
    guard let base = bytes.baseAddress else { return nil }
    let raw = UnsafeRawPointer(base)
    let count = bytes.count
    var at = 0
    while at < count {
        if count - at >= 8 {
            let eight = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            if isEightOfASCIIWithoutNUL(eight) {
                at += 8
                continue
            }
        }
        let lead = base[at]
        if lead == 0 { return .containsNUL }
        if lead < 0x80 {
            at += 1
            continue
        }
        let length = sequenceLength(base + at, available: count - at)
        if length == 0 { return .invalidUTF8 }
        at += length
    }
    return nil
}

@inline(__always)
private func isEightOfASCIIWithoutNUL(_ eight: UInt64) -> Bool {
    let high: UInt64 = 0x8080_8080_8080_8080
    // With no high bit set, subtracting 1 from each byte borrows into a high bit only below 1.
    return eight & high == 0 && (eight &- 0x0101_0101_0101_0101) & high == 0
}

/// Bytes of the well-formed sequence of two or more at `bytes`, or 0.
private func sequenceLength(_ bytes: UnsafePointer<UInt8>, available: Int) -> Int {
    let lead = bytes[0]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: length = 4
    default: return 0
    }
    guard available >= length, second.contains(bytes[1]) else { return 0 }
    for index in 2..<4 where index < length && bytes[index] & 0xC0 != 0x80 { return 0 }
    return length
}
