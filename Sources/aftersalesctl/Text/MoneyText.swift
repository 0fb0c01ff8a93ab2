// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI

/// Amounts for eyes.
enum MoneyText {
    /// How many decimal digits a minor unit stands for, where it is not two: ISO 4217, list one.
    ///
    /// The contract carries minor units and the code alone; the daemon's own table stays in the
    /// daemon, which this program does not link. A code that is missing here is shown with two
    /// digits; `--output json` always has the exact minor units.
    private static let exponents: [String: Int] = [
        "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
        "RWF": 0, "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
        "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
        "CLF": 4, "UYW": 4,
    ]

    /// An amount such as `-86.40 EUR`; a dash for none.
    static func text(_ money: Money?) -> String {
        guard let money else { return "-" }
        return text(money.minorUnits, money.currencyCode)
    }

    static func text(_ minorUnits: Int64, _ currencyCode: String) -> String {
        let exponent = exponents[currencyCode] ?? 2
        let digits = String(minorUnits.magnitude)
        let zeros = String(repeating: "0", count: max(0, exponent + 1 - digits.utf8.count))
        let padded = zeros + digits
        let fraction = exponent == 0 ? "" : "." + padded.suffix(exponent)
        let sign = minorUnits < 0 ? "-" : ""
        return "\(sign)\(padded.dropLast(exponent))\(fraction) \(DisplayText.line(currencyCode))"
    }
}
