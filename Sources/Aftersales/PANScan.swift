// SPDX-License-Identifier: Apache-2.0

/// Looks for card numbers in free text, so that none is ever stored.
///
/// A card number is a maximal run of digits, single spaces and hyphens between them ignored, of 13
/// to 19 digits that begins with 2 to 6 and passes the Luhn check (the domain's ruling 32). Only
/// fields meant as free text are looked at: one tracking number in ten passes the check, too.
public enum PANScan {
    /// Whether the text holds a card number.
    public static func findsPAN(in text: String) -> Bool {
        var digits: [UInt8] = []
        var separated = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits.append(byte - UInt8(ascii: "0"))
                separated = false
            case UInt8(ascii: " "), UInt8(ascii: "-"):
                if separated {
                    if isPAN(digits) { return true }
                    digits.removeAll(keepingCapacity: true)
                }
                separated = true
            default:
                if isPAN(digits) { return true }
                digits.removeAll(keepingCapacity: true)
                separated = false
            }
        }
        return isPAN(digits)
    }

    /// Refuses a free-text field that holds a card number.
    public static func require(_ text: String, field: String) throws(Rejection) {
        if findsPAN(in: text) { throw .panRejected(field: field) }
    }

    private static func isPAN(_ digits: [UInt8]) -> Bool {
        guard (13...19).contains(digits.count), (2...6).contains(digits[0]) else { return false }
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let doubled = place.isMultiple(of: 2) ? Int(digit) : Int(digit) * 2
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum.isMultiple(of: 10)
    }
}
