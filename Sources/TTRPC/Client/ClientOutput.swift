// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// The bytes on their way to the server, and whose turn it is to send them.
///
/// Frames must leave whole and in order, yet any thread may send. So one at a time does: whoever
/// takes the bytes keeps the turn until it says what became of them. Nobody sends while it holds a
/// lock; what others write meanwhile waits here.
struct ClientOutput {
    /// Whose turn it is.
    enum Turn: Hashable {
        /// Nobody's; nothing waits.
        case free
        /// The event loop's, which has been asked to come.
        case asked
        /// A thread's that has taken bytes.
        case sending
        /// The channel's, which holds bytes until the socket has room.
        case channel
    }

    /// Above this nothing but what cannot wait is written: calls and messages wait elsewhere.
    static let bytesMax = 64 << 10

    /// Frames that nobody has taken to send.
    var pending = ByteBuffer()

    private(set) var turn = Turn.free

    /// Bytes that the socket, or the channel for it, has taken.
    private(set) var acceptedBytes = 0

    /// Bytes in the hands of whoever sends.
    private var takenBytes = 0

    /// Bytes ever written here.
    var writtenBytes: Int {
        acceptedBytes + takenBytes + pending.readableBytes
    }

    var hasRoom: Bool {
        pending.readableBytes < Self.bytesMax
    }

    /// Whether somebody is to be given the turn.
    var wantsTurn: Bool {
        turn == .free && pending.readableBytes > 0
    }

    /// The event loop is asked to come.
    mutating func askLoop() {
        turn = .asked
    }

    /// Gives bytes to a thread to send; to the event loop when it comes as it was asked to.
    mutating func take(for holder: Turn = .sending) -> ByteBuffer? {
        guard pending.readableBytes > 0 else {
            turn = .free
            return nil
        }
        turn = holder
        let bytes = pending
        takenBytes = bytes.readableBytes
        // The next batch is as a rule about as large.
        pending = ByteBufferAllocator().buffer(capacity: min(max(takenBytes, 128), Self.bytesMax))
        return bytes
    }

    /// The bytes that were taken have been sent up to `count`; nobody has the turn.
    mutating func sent(_ sent: ByteBuffer, count: Int) {
        var bytes = sent
        acceptedBytes += count
        takenBytes = 0
        turn = .free
        bytes.moveReaderIndex(forwardBy: count)
        guard bytes.readableBytes > 0 else {
            return
        }
        if pending.readableBytes > 0 {
            bytes.writeBuffer(&pending)
        }
        pending = bytes
    }

    /// The channel has written what it held; nobody has the turn.
    mutating func channelSent() {
        acceptedBytes += takenBytes
        takenBytes = 0
        turn = .free
    }

    /// The socket takes nothing more: what waits goes nowhere.
    mutating func fail() {
        pending.clear()
        takenBytes = 0
        turn = .free
    }
}
