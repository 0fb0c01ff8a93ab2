// SPDX-License-Identifier: Apache-2.0

/// Why a database was not opened; nothing in it has changed, but for finished migrations.
public enum StoreOpenError: Error, Sendable, Hashable {
    /// Another process has it open.
    case inUse
    /// The lock file beside it cannot be made.
    case lockFailed(errno: Int32)
    /// The file is not a database of ours.
    case foreignFile
    /// A newer program wrote it.
    case newerSchema(found: Int, newestKnown: Int)
    /// A setting did not take.
    case setting(name: String, wanted: String, found: String)
    /// The engine failed.
    case failed(StoreError)
}
