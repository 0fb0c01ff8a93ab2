// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Signals whose default would end a daemon.
package enum Signals {
    /// Lets a write to a peer that is gone fail with EPIPE instead of killing the process.
    package static func ignoreBrokenPipe() {
        _ = signal(SIGPIPE, SIG_IGN)
    }
}
