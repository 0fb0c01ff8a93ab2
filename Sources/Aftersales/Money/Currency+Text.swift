// SPDX-License-Identifier: Apache-2.0

extension Currency {
    /// An amount in digits, with the currency's decimal places: `22.05`, for yen `833`.
    public func digits(_ minorUnits: Int64) -> String {
        let sign = minorUnits < 0 ? "-" : ""
        let digits = String(minorUnits.magnitude)
        if exponent == 0 { return sign + digits }
        let missing = max(0, exponent + 1 - digits.utf8.count)
        let padded = String(repeating: "0", count: missing) + digits
        return sign + padded.dropLast(exponent) + "." + padded.suffix(exponent)
    }

    /// An amount as messages show it, code first: `EUR 22.05`.
    public func text(_ minorUnits: Int64) -> String {
        code + " " + digits(minorUnits)
    }

    /// Refuses an amount of another currency: money of two currencies is never added.
    public func require(_ code: String, field: String) throws(Rejection) {
        if code != self.code {
            throw .currencyMismatch(field: field, expected: self.code, actual: code)
        }
    }
}
