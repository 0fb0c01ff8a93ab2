// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A lock file held for as long as the value lives, so that one process opens a database at a time.
///
/// It is a file of its own: taking and dropping a lock on the database file itself would drop
/// SQLite's POSIX locks on it. The kernel releases it however the process ends.
public struct FileLock: ~Copyable, Sendable {
    private let descriptor: Int32

    /// Why a lock was not taken.
    public enum Failure: Error, Sendable, Hashable {
        /// Another process holds it.
        case held
        /// The lock file cannot be opened or locked.
        case system(errno: Int32)
    }

    /// Makes the file when it is missing and takes its lock without waiting.
    public init(path: String) throws(Failure) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .system(errno: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            Glibc.close(descriptor)
            throw reason == EWOULDBLOCK ? .held : .system(errno: reason)
        }
        self.descriptor = descriptor
    }

    deinit {
        Glibc.close(descriptor)
    }
}
