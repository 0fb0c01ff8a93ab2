// SPDX-License-Identifier: Apache-2.0

import CTTRPC
import NIOCore

/// A second descriptor of a connection's socket, for threads other than the event loop to send on.
///
/// It is closed when the last who holds it lets go. So whoever sends, sends to this connection,
/// even when the channel's own descriptor has been closed and its number given away.
final class SendingSocket: Sendable {
    private let descriptor: Int32

    /// Copies a connected socket; `nil` if there is no descriptor left.
    init?(copying socket: Int32) {
        descriptor = ttrpc_copy(socket)
        guard descriptor >= 0 else {
            return nil
        }
    }

    deinit {
        if descriptor >= 0 {
            ttrpc_close(descriptor)
        }
    }

    /// Sends as many bytes as there is room for, without waiting.
    ///
    /// - Returns: how many; `nil` if the peer takes nothing more.
    func send(_ bytes: ByteBuffer) -> Int? {
        let count = ttrpc_send(descriptor, bytes.readableBytesUInt8Span)
        return count < 0 ? nil : Int(count)
    }
}
