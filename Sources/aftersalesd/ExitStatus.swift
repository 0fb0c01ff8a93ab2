// SPDX-License-Identifier: Apache-2.0

import AftersalesStore
import ArgumentParser

/// How the daemon ends; a service manager restarts it after some of these and not after others.
enum ExitStatus {
    /// Stopped as asked.
    static let ok: Int32 = 0
    /// The database file is not one of ours: restarting cannot help.
    static let foreignFile: Int32 = 65
    /// The socket cannot be listened on.
    static let cannotListen: Int32 = 69
    /// The disk failed or the file is damaged; a new start recovers what was acknowledged.
    static let disk: Int32 = 74
    /// Another process has the database open.
    static let inUse: Int32 = 75
    /// The database was written by a newer program: restarting cannot help.
    static let newerSchema: Int32 = 76
    /// The configuration is wrong: restarting cannot help.
    static let configuration: Int32 = 78

    /// The status and the words for a database that was not opened.
    static func describe(_ error: StoreOpenError, path: String) -> (Int32, String) {
        switch error {
        case .inUse:
            (inUse, "\(path): another process has the database open")
        case .lockFailed(let errno):
            (disk, "\(path).lock cannot be made (errno \(errno)); does the folder exist?")
        case .foreignFile:
            (foreignFile, "\(path) is not a database of aftersalesd; it was left alone")
        case .newerSchema(let found, let newest):
            (
                newerSchema,
                """
                \(path) has schema \(found), this program knows up to \(newest); install the \
                newer program, or restore the backup made before the upgrade
                """
            )
        case .setting(let name, let wanted, let found):
            (disk, "\(path): \(name) is \(found), must be \(wanted)")
        case .failed(let failure):
            (disk, "\(path): \(failure)")
        }
    }
}
