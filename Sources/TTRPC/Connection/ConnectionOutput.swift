// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// The reply bytes of one connection: those not yet handed to the channel, and how many wait there.
struct ConnectionOutput {
    /// Above this the room of a batch is given back rather than kept for the next.
    private static let keptCapacityMax = 64 << 10

    /// Frames of the current batch.
    var pending = ByteBuffer()

    /// So few bytes may be handed to the channel before it is asked how many it still holds.
    private static let unnotedBytesMax = 16 << 10

    /// Bytes handed to the channel since it was last asked.
    private var unnotedBytes = 0

    /// Bytes ever handed to the channel.
    private(set) var writtenBytes = 0

    /// Bytes in the channel that the peer has made no room for.
    private(set) var queuedBytes = 0

    /// Takes the batch, if there is any.
    mutating func take() -> ByteBuffer? {
        guard pending.readableBytes > 0 else {
            return nil
        }
        let bytes = pending
        writtenBytes += bytes.readableBytes
        unnotedBytes += bytes.readableBytes
        if bytes.capacity > Self.keptCapacityMax {
            pending = ByteBuffer()
        } else {
            pending.moveReaderIndex(to: pending.writerIndex)
        }
        return bytes
    }

    /// Whether it is time to ask the channel what it holds: asking costs more than a short reply.
    var wantsNote: Bool {
        queuedBytes > 0 || unnotedBytes >= Self.unnotedBytesMax
    }

    /// Notes how much waits in the channel.
    ///
    /// - Returns: the change since the last time.
    mutating func note(queuedBytes: Int) -> Int {
        unnotedBytes = 0
        if queuedBytes == 0, pending.readableBytes == 0 {
            // Nobody else holds the storage any more, so it is used again.
            pending.clear()
        }
        defer { self.queuedBytes = queuedBytes }
        return queuedBytes - self.queuedBytes
    }
}
