// SPDX-License-Identifier: Apache-2.0

/// Why a server does not listen, as opposed to how one call ended.
public enum ServerError: Error, Sendable, Hashable {
    /// The path of a Unix socket has 1 to 107 bytes and no NUL.
    case pathUnusable(String)
    /// The operating system refused; the number is an errno. EADDRINUSE: another process answers
    /// on the path. EEXIST: something is there that is not a socket.
    case system(errno: Int32, doing: String)
    /// The server was asked to drain.
    case draining
}
