// SPDX-License-Identifier: Apache-2.0

/// The number grammar of RFC 8259, section 6, and exact integers out of it.
enum JSONNumber {
    /// How many of the first bytes are a number; 0 if they do not begin with one.
    static func length(of bytes: ArraySlice<UInt8>) -> Int {
        var position = bytes.startIndex
        func digits(from start: Int) -> Int {
            bytes[start...].prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.count
        }
        func isAt(_ set: UInt8...) -> Bool {
            position < bytes.endIndex && set.contains(bytes[position])
        }
        if isAt(UInt8(ascii: "-")) { position += 1 }
        let whole = digits(from: position)
        guard whole > 0, whole == 1 || bytes[position] != UInt8(ascii: "0") else { return 0 }
        position += whole
        if isAt(UInt8(ascii: ".")) {
            let fraction = digits(from: position + 1)
            guard fraction > 0 else { return 0 }
            position += 1 + fraction
        }
        if isAt(UInt8(ascii: "e"), UInt8(ascii: "E")) {
            position += 1
            if isAt(UInt8(ascii: "+"), UInt8(ascii: "-")) { position += 1 }
            let exponent = digits(from: position)
            guard exponent > 0 else { return 0 }
            position += exponent
        }
        return position - bytes.startIndex
    }

    /// Whether the text is one number and nothing else.
    static func isNumber(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return !bytes.isEmpty && length(of: bytes[...]) == bytes.count
    }

    /// Why a number is no integer of a type.
    enum Failure: Error {
        case notIntegral
        case outOfRange
    }

    /// The integer that a number's text stands for, computed without rounding: `1.0` and `1e2` are
    /// integers, `1.5` and a `Double` near an integer are not.
    ///
    /// - Parameter text: a number by ``isNumber(_:)``.
    /// - Returns: the integer.
    /// - Throws: ``Failure`` when the number is none, or none of the type.
    static func integer<Value: FixedWidthInteger>(_ text: String) throws(Failure) -> Value {
        if let value = Value(text) { return value }
        var rest = text[...]
        let isNegative = rest.first == "-"
        if isNegative { rest.removeFirst() }
        let parts = rest.split { $0 == "e" || $0 == "E" }
        let mantissa = parts[0].split(separator: ".")
        var digits = String(mantissa[0]) + (mantissa.count > 1 ? String(mantissa[1]) : "")
        digits.trimPrefixZeros()
        if digits.isEmpty { return 0 }
        var scale = parts.count > 1 ? clampedExponent(parts[1]) : 0
        scale -= mantissa.count > 1 ? mantissa[1].count : 0
        while digits.last == "0" {
            digits.removeLast()
            scale += 1
        }
        guard scale >= 0 else { throw .notIntegral }
        // The longest 64-bit integer has 20 digits.
        guard scale <= 20, digits.count + scale <= 20 else { throw .outOfRange }
        let whole = (isNegative ? "-" : "") + digits + String(repeating: "0", count: scale)
        guard let value = Value(whole) else { throw .outOfRange }
        return value
    }

    /// The exponent, held within bounds that no count of digits reaches and no sum overflows.
    private static func clampedExponent(_ text: Substring) -> Int {
        let bound = 1 << 40
        let exponent = Int(text) ?? (text.first == "-" ? -bound : bound)
        return min(max(exponent, -bound), bound)
    }
}

extension String {
    fileprivate mutating func trimPrefixZeros() {
        self = String(drop { $0 == "0" })
    }
}
