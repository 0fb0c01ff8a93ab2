// SPDX-License-Identifier: Apache-2.0

/// Numbers as a person reads them.
public enum Figures {
    /// A number with its thousands apart: 2,385,612.
    public static func grouped(_ number: some BinaryInteger) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + text
    }

    /// An amount of a currency with two digits after the point: 101,618.29.
    ///
    /// - Parameter hundredths: the amount in cents or pence.
    /// - Returns: the text, without the currency.
    public static func money(_ hundredths: Int64) -> String {
        let cents = hundredths.magnitude % 100
        return (hundredths < 0 ? "-" : "") + grouped(hundredths.magnitude / 100) + "."
            + (cents < 10 ? "0" : "") + String(cents)
    }
}
