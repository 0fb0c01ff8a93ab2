// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc

/// How many descriptors the process may have.
enum DescriptorLimit {
    /// Lowers the soft limit, so that running out of descriptors can be tried.
    static func lower(to count: UInt64) throws {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw ValidationError("getrlimit failed with errno \(errno)")
        }
        limit.rlim_cur = min(limit.rlim_cur, rlim_t(count))
        guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw ValidationError("setrlimit failed with errno \(errno)")
        }
    }
}
