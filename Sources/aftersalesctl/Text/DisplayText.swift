// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import ProtoJSON
import ProtobufC

/// Values as they stand in tables.
enum DisplayText {
    /// Text that cannot steer a terminal: control characters and changes of direction, which
    /// customers and catalogues may send, are written as their numbers; so is a line's end.
    static func line(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0x200E, 0x200F:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Text of several lines, each by ``line(_:)``.
    static func lines(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }
    }

    /// A time as RFC 3339 in UTC, to the second; a dash for none.
    static func time(_ time: Timestamp?) -> String {
        guard let time else { return "-" }
        return TimestampText.print(seconds: time.seconds, nanos: 0) ?? "-"
    }

    /// An enum's value in the contract's words without their prefix; a dash for UNSPECIFIED.
    static func word(_ value: some ProtoEnum) -> String {
        if value.rawValue == 0 { return "-" }
        let name = "\(value)"
        // `.unrecognized(n)`: a number of a newer daemon.
        if name.contains("(") { return String(value.rawValue) }
        return name.reduce(into: "") { word, letter in
            word += letter.isUppercase ? "_" + String(letter) : letter.uppercased()
        }
    }

    /// A dash for nothing.
    static func orDash(_ text: String) -> String {
        text.isEmpty ? "-" : line(text)
    }
}
