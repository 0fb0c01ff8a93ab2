// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The host's users and groups, by name.
package enum Accounts {
    /// The effective uid of this process.
    package static var effectiveUserID: UInt32 { geteuid() }

    /// The uid of a user; nil if there is no such user.
    package static func userID(named name: String) -> UInt32? {
        lookUp { buffer, size in
            var entry = passwd()
            var found: UnsafeMutablePointer<passwd>?
            let result = getpwnam_r(name, &entry, buffer, size, &found)
            return (result, found?.pointee.pw_uid)
        }
    }

    /// The gid of a group; nil if there is no such group.
    package static func groupID(named name: String) -> UInt32? {
        lookUp { buffer, size in
            var entry = group()
            var found: UnsafeMutablePointer<group>?
            let result = getgrnam_r(name, &entry, buffer, size, &found)
            return (result, found?.pointee.gr_gid)
        }
    }

    /// Runs one of the `_r` look-ups with a buffer that grows until the entry fits: a group of
    /// many members takes more than any fixed size.
    private static func lookUp(
        _ call: (UnsafeMutablePointer<CChar>, Int) -> (Int32, UInt32?)
    ) -> UInt32? {
        var size = 1 << 12
        while size <= 1 << 24 {
            let (result, id) = withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) {
                $0.baseAddress.map { call($0, size) } ?? (ENOMEM, nil)
            }
            switch result {
            case 0: return id
            case ERANGE: size *= 4
            case EINTR: continue
            default: return nil
            }
        }
        return nil
    }
}
