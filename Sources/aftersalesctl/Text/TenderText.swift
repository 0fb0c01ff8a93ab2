// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI

/// Tenders for eyes.
enum TenderText {
    /// The class, and of a card its brand and last digits: `CARD Visa …4242`.
    static func name(_ tenderClass: TenderClass, brand: String, last4: String) -> String {
        var words = [DisplayText.word(tenderClass)]
        if !brand.isEmpty { words.append(DisplayText.line(brand)) }
        if !last4.isEmpty { words.append("…" + DisplayText.line(last4)) }
        return words.joined(separator: " ")
    }

    /// Working days until the money is there: `3-5 days`; a dash if none are known.
    static func days(_ min: Int32, _ max: Int32) -> String {
        if max <= 0 { return "-" }
        return min == max ? "\(max) days" : "\(min)-\(max) days"
    }
}
