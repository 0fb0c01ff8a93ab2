// SPDX-License-Identifier: Apache-2.0

/// An ISO 4217 currency.
public struct Currency: Sendable, Hashable {
    /// Three upper-case letters.
    public let code: String
    /// Decimal places of the minor unit: 0, 2, 3 or 4.
    public let exponent: Int

    init(code: String, exponent: Int) {
        self.code = code
        self.exponent = exponent
    }
}
