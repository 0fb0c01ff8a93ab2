// SPDX-License-Identifier: Apache-2.0

import CTTRPC

/// What a server does to a connected socket beside reading and writing.
enum PeerSocket {
    /// Lets nothing more in; what has come already can still be read.
    ///
    /// - Returns: whether that was possible.
    static func shutReceivingSide(_ socket: Int32) -> Bool {
        ttrpc_shut_receiving_side(socket) == 0
    }
}
