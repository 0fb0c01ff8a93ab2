// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Standard error, a line at a time.
package enum Console {
    /// Writes a line in one piece, so that lines of several threads do not mix.
    package static func line(_ text: String) {
        let bytes = Array((text + "\n").utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                write(
                    STDERR_FILENO, buffer.baseAddress.map { $0 + written }, buffer.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            written += count
        }
    }

    /// Writes an error for a person to read.
    package static func error(_ text: String) {
        line("aftersalesd: " + text)
    }
}
