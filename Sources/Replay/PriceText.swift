// SPDX-License-Identifier: Apache-2.0

/// A price as the retailer's file writes it: pounds with a decimal point, exact.
///
/// The text is read digit by digit, never through a binary fraction, so `6.95` is 695 pence.
public enum PriceText: Sendable, Hashable {
    /// A whole number of pence; negative when the text is.
    case pence(Int64)
    /// A positive amount with something below the penny, such as `0.001`.
    case finerThanAPenny

    /// Whole digits that are read: ten trillion pounds, far below what overflows.
    private static let wholeDigitsMax = 13

    /// Reads a price, or is nil when the text is none.
    ///
    /// - Parameter text: digits with at most one point and an optional leading minus.
    public init?(_ text: String) {
        var digits = Array(text.utf8)[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits.removeFirst() }
        let parts = digits.split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let whole = parts.first ?? digits
        let fraction = parts.count == 2 ? parts[1] : digits.suffix(0)
        guard !whole.isEmpty, whole.count <= Self.wholeDigitsMax,
            (whole + fraction).allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 })
        else { return nil }

        let hundredths = (fraction + Array("00".utf8)).prefix(2)
        let pence = (whole + hundredths).reduce(into: Int64(0)) { sum, digit in
            sum = sum * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        let isFiner = fraction.dropFirst(2).contains { $0 != UInt8(ascii: "0") }
        switch (isNegative, isFiner) {
        case (false, true): self = .finerThanAPenny
        case (false, false): self = .pence(pence)
        case (true, _): self = .pence(isFiner ? -pence - 1 : -pence)
        }
    }
}
