// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Standard error, unbuffered.
public enum StandardError {
    /// Writes text as it is; what cannot be written is lost.
    public static func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = Glibc.write(2, Array(bytes), bytes.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
