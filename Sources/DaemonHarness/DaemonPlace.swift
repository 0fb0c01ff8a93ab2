// SPDX-License-Identifier: Apache-2.0

import CDaemonHarness

/// Where one daemon lives: a new directory for its socket, its database and its log.
///
/// The directory is made when the value is and removed with everything in it when the value goes,
/// so hold it for as long as a daemon uses it. A daemon that is started again in the same place
/// finds what the one before left.
public final class DaemonPlace: Sendable {
    /// The directory; only this user may enter it.
    public let directory: String
    /// Path of the socket.
    public var socket: String { directory + "/aftersales.sock" }
    /// Path of the database.
    public var database: String { directory + "/aftersales.db" }
    /// Path of what the daemon printed.
    public var log: String { directory + "/aftersalesd.log" }

    /// Bytes of the directory's path: what a Unix socket's address leaves for it.
    private static let pathBytesMax: Int32 = 90

    /// Makes a directory under `$TMPDIR`, or `/tmp`.
    ///
    /// - Throws: `HarnessError.cannotMakeDirectory`.
    public init() throws(HarnessError) {
        var path = [CChar](repeating: 0, count: Int(Self.pathBytesMax))
        let result = harness_directory_make("aftersales-", &path, Self.pathBytesMax)
        guard result == 0 else { throw .cannotMakeDirectory(errno: -result) }
        directory = String(
            decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        _ = harness_directory_remove(directory)
    }

    /// The last lines that the daemon printed.
    ///
    /// - Parameter count: how many lines at most.
    /// - Returns: the lines, oldest first; none when there is no log.
    public func lastLogLines(_ count: Int = 20) -> [String] {
        var bytes: [UInt8] = []
        let isRead = (try? ProgramOutput.read("cat", [log]) { bytes += $0 }) != nil
        guard isRead else { return [] }
        return bytes.split(separator: UInt8(ascii: "\n")).suffix(count).map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
