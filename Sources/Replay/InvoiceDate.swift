// SPDX-License-Identifier: Apache-2.0

/// When an invoice was written: `2009-12-01 07:45:00`, taken as UTC.
public struct InvoiceDate: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z.
    public let secondsSince1970: Int64

    /// Reads `YYYY-MM-DD HH:MM` with or without `:SS`, or is nil when the text is no such instant.
    ///
    /// - Parameter text: the column InvoiceDate.
    public init?(_ text: String) {
        let fields = text.utf8.split(omittingEmptySubsequences: false) { byte in
            Array("- :T".utf8).contains(byte)
        }
        let numbers = fields.compactMap { Int64(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == fields.count, (5...6).contains(numbers.count) else { return nil }
        let (year, month, day) = (numbers[0], numbers[1], numbers[2])
        let (hour, minute) = (numbers[3], numbers[4])
        let second = numbers.count == 6 ? numbers[5] : 0
        guard (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second)
        else { return nil }
        let days = Self.daysSince1970(year: year, month: month, day: day)
        secondsSince1970 = ((days * 24 + hour) * 60 + minute) * 60 + second
    }

    /// The earlier instant comes first.
    public static func < (left: Self, right: Self) -> Bool {
        left.secondsSince1970 < right.secondsSince1970
    }

    /// Days of the proleptic Gregorian calendar.
    ///
    /// Years are counted from March, so that the leap day is the last of its year and the months
    /// before it have a fixed length.
    private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
        let marchYear = month > 2 ? year : year - 1
        let marchMonth = (month + 9) % 12
        let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        return 365 * marchYear + leapDays + dayOfYear - 719_468
    }
}
