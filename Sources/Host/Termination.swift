// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Ways for a process to end.
package enum Termination {
    /// Ends at once, without running anything that is registered for exit: for the moment when
    /// nothing more may be promised.
    package static func now(status: Int32) -> Never {
        _exit(status)
    }
}
