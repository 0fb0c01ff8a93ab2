// SPDX-License-Identifier: Apache-2.0

/// RFC 3339 as proto3 JSON has it: years 1 to 9999, up to nine digits of a second, UTC out, any
/// offset in, no leap second.
public enum TimestampText {
    /// Seconds from the epoch to 0001-01-01T00:00:00Z.
    private static let secondsMin: Int64 = -62_135_596_800
    /// Seconds from the epoch to 9999-12-31T23:59:59Z.
    private static let secondsMax: Int64 = 253_402_300_799

    /// A time in UTC, with no, three, six or nine digits of a second; nil outside of the years 1 to
    /// 9999 or of a second's nanoseconds.
    public static func print(seconds: Int64, nanos: Int32) -> String? {
        guard secondsMin...secondsMax ~= seconds, 0..<1_000_000_000 ~= nanos else { return nil }
        let (days, time) = seconds.flooredDivision(by: 86_400)
        let (year, month, day) = CivilDate.date(ofDay: days)
        return "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))"
            + "T\((time / 3_600).padded(2)):\((time / 60 % 60).padded(2)):\((time % 60).padded(2))"
            + fraction(nanos) + "Z"
    }

    /// The seconds since 1970-01-01T00:00:00Z and the nanoseconds of a time; nil if the text is
    /// none.
    public static func parse(_ text: String) -> (seconds: Int64, nanos: Int32)? {
        var rest = Array(text.utf8)[...]
        guard let year = rest.takeDigits(4), rest.take("-"), let month = rest.takeDigits(2),
            rest.take("-"), let day = rest.takeDigits(2), rest.take("T") || rest.take("t"),
            let hour = rest.takeDigits(2), rest.take(":"), let minute = rest.takeDigits(2),
            rest.take(":"), let second = rest.takeDigits(2), let nanos = rest.takeFraction(),
            let offset = rest.takeOffset(), rest.isEmpty,
            1...12 ~= month, day >= 1, day <= CivilDate.dayCount(ofMonth: month, year: year),
            hour < 24, minute < 60, second < 60
        else { return nil }
        let seconds =
            CivilDate.day(year: year, month: month, day: day) * 86_400
            + hour * 3_600 + minute * 60 + second - offset
        guard secondsMin...secondsMax ~= seconds else { return nil }
        return (seconds, nanos)
    }

    /// Nothing, or a point and three, six or nine digits.
    static func fraction(_ nanos: Int32) -> String {
        if nanos == 0 { return "" }
        if nanos % 1_000_000 == 0 { return "." + Int64(nanos / 1_000_000).padded(3) }
        if nanos % 1_000 == 0 { return "." + Int64(nanos / 1_000).padded(6) }
        return "." + Int64(nanos).padded(9)
    }
}

/// Seconds with up to nine digits behind the point and an `s`; ± 10,000 years.
enum DurationText {
    private static let secondsMax: Int64 = 315_576_000_000

    static func print(seconds: Int64, nanos: Int32) -> String? {
        guard -secondsMax...secondsMax ~= seconds, -999_999_999...999_999_999 ~= nanos,
            seconds.signum() * Int64(nanos.signum()) >= 0
        else { return nil }
        let sign = seconds < 0 || nanos < 0 ? "-" : ""
        return "\(sign)\(seconds.magnitude)\(TimestampText.fraction(abs(nanos)))s"
    }

    static func parse(_ text: String) -> (seconds: Int64, nanos: Int32)? {
        var rest = Array(text.utf8)[...]
        let isNegative = rest.take("-")
        let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.count
        guard 1...12 ~= digits, let seconds = rest.takeDigits(digits),
            let nanos = rest.takeFraction(), rest.take("s"), rest.isEmpty,
            seconds < secondsMax || (seconds == secondsMax && nanos == 0)
        else { return nil }
        return isNegative ? (-seconds, -nanos) : (seconds, nanos)
    }
}

/// Paths joined by commas, each name in lowerCamelCase.
enum FieldMaskText {
    static func print(_ paths: [String]) -> String {
        paths.map(camelCase).joined(separator: ",")
    }

    static func parse(_ text: String) -> [String]? {
        guard !text.contains("_"), text.allSatisfy(\.isASCII) else { return nil }
        return text.split(separator: ",").map { path in
            path.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
        }
    }
}

extension Int64 {
    fileprivate func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard first == UInt8(ascii: character) else { return false }
        removeFirst()
        return true
    }

    fileprivate mutating func takeDigits(_ count: Int) -> Int64? {
        let digits = prefix(count)
        guard digits.count == count,
            digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
        else { return nil }
        removeFirst(count)
        return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }

    /// Nanoseconds of an optional fraction; nil if there is a point and not one to nine digits.
    fileprivate mutating func takeFraction() -> Int32? {
        guard take(".") else { return 0 }
        let count = self.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.count
        guard 1...9 ~= count, let digits = takeDigits(count) else { return nil }
        return (count..<9).reduce(Int32(digits)) { value, _ in value * 10 }
    }

    /// `Z`, or `+hh:mm` or `-hh:mm` as seconds east of UTC.
    fileprivate mutating func takeOffset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let isEast = take("+")
        guard isEast || take("-"), let hours = takeDigits(2), take(":"),
            let minutes = takeDigits(2), hours < 24, minutes < 60
        else { return nil }
        let offset = hours * 3_600 + minutes * 60
        return isEast ? offset : -offset
    }
}
