// SPDX-License-Identifier: Apache-2.0

import TTRPC

/// What the program exits with: the numbers of sysexits.h where one fits.
enum ExitStatus: Int32 {
    case ok = 0
    case failure = 1
    case usage = 64
    case unavailable = 69
    case permission = 77

    /// The status for the code of a failed call.
    init(_ code: StatusCode) {
        self =
            switch code {
            case .ok: .ok
            case .invalidArgument: .usage
            case .unavailable: .unavailable
            case .permissionDenied, .unauthenticated: .permission
            default: .failure
            }
    }

    /// The table for the help text; the one place where it is written down.
    static let table = """
        Exit status:
          0   the call succeeded
          1   the daemon refused the call, or failed
          64  wrong usage, wrong JSON, an unknown name, or INVALID_ARGUMENT
          69  UNAVAILABLE: no daemon, or one that does not serve now
          77  PERMISSION_DENIED or UNAUTHENTICATED
        """
}
