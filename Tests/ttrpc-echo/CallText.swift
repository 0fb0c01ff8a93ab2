// SPDX-License-Identifier: Apache-2.0

import TTRPC

/// What the server knows of a call, as JSON for a foreign client to look at.
///
/// ```json
/// {"metadata":{"k":["v","w"]},"deadline_ms":998}
/// ```
enum CallText {
    /// Metadata by key, in the order of each key's first value, and the milliseconds that the
    /// client still waits at `now`.
    static func json(_ call: ServerCall, now: ContinuousClock.Instant) -> String {
        var keys: [String] = []
        for entry in call.metadata.entries where !keys.contains(entry.key) {
            keys.append(entry.key)
        }
        let pairs = keys.map { key in
            "\(quoted(key)):[\(call.metadata.values(for: key).map(quoted).joined(separator: ","))]"
        }
        let rest = now.duration(to: call.deadline)
        let milliseconds = max(0, rest / .milliseconds(1))
        return """
            {"metadata":{\(pairs.joined(separator: ","))},"deadline_ms":\(Int64(milliseconds))}
            """
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
