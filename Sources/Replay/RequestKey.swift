// SPDX-License-Identifier: Apache-2.0

import Digest

/// The request_id of a call, made from what the call is about.
///
/// The same file gives the same keys, so a replay that was cut off can simply be run again on the
/// same daemon: what was answered before is answered the same, and nothing happens twice.
public enum RequestKey {
    /// A UUID of version 8 (RFC 9562, section 5.8) over a name.
    ///
    /// - Parameter name: what the call is about, unlike that of any other call.
    /// - Returns: 36 characters, lower-cased.
    public static func uuid(_ name: String) -> String {
        var bytes = Array(SHA256.hash(Array(name.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array("0123456789abcdef")
        var text = ""
        for (place, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(place) { text.append("-") }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return text
    }
}
