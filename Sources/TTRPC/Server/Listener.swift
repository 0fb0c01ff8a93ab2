// SPDX-License-Identifier: Apache-2.0

import CTTRPC

/// A listening Unix socket, and whose file it is.
struct Listener: Sendable {
    /// Connections that may wait to be accepted.
    static let backlog: Int32 = 512

    /// The descriptor; whoever takes it closes it.
    let fileDescriptor: Int32

    private let file: (path: ttrpc_path, listener: ttrpc_listener)?

    /// Listens at a path, replacing a socket file that nobody answers on.
    init(path: String, mode: UInt32) throws(ServerError) {
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count <= Int(TTRPC_PATH_BYTES_MAX), !bytes.contains(0) else {
            throw .pathUnusable(path)
        }
        let cPath = bytes.reduce(ttrpc_path_empty()) { ttrpc_path_appending($0, $1) }
        let listener = ttrpc_listen(cPath, mode, Self.backlog)
        guard listener.fd >= 0 else {
            throw .system(errno: -listener.fd, doing: "listen at \(path)")
        }
        fileDescriptor = listener.fd
        file = (cPath, listener)
    }

    /// Listens on a copy of a socket that somebody else made and keeps.
    init(inheriting descriptor: Int32) throws(ServerError) {
        let copy = ttrpc_adopt_listener(descriptor, Self.backlog)
        guard copy >= 0 else {
            throw .system(errno: -copy, doing: "listen on descriptor \(descriptor)")
        }
        fileDescriptor = copy
        file = nil
    }

    /// Gives a listening socket our backlog again.
    static func restoreBacklog(of descriptor: Int32) {
        _ = ttrpc_set_backlog(descriptor, backlog)
    }

    /// Whether somebody has connected who was not accepted yet.
    ///
    /// Only while the descriptor is open.
    var hasWaitingConnection: Bool {
        ttrpc_has_waiting_connection(fileDescriptor) > 0
    }

    /// Removes the socket file, if it was made here and is still the same.
    ///
    /// - Returns: whether the socket was made here, so that nobody else can accept from it.
    func removeFile() -> Bool {
        guard let file else {
            return false
        }
        _ = ttrpc_remove_listener(file.path, file.listener)
        return true
    }
}
