// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// Cuts a stream of bytes into frames, holding no more than one frame that is not whole.
///
/// Memory follows the bytes that have come, never the length that a header claims.
package struct FrameDecoder {
    /// What the bytes so far hold next.
    package enum Event: Equatable {
        /// A whole frame.
        case frame(FrameHeader, ByteBuffer)
        /// A frame above the limit, told when its header is read; its payload will be dropped.
        case oversize(FrameHeader)
        /// The reserved first byte is not 0: this is not ttrpc, or no frame ends here for 4 GiB.
        case notTTRPC
    }

    private let payloadBytesMax: UInt32
    private var bytes = ByteBuffer()
    private var header: FrameHeader?
    private var bytesToDiscard = 0

    package init(payloadBytesMax: Int) {
        self.payloadBytesMax = UInt32(clamping: payloadBytesMax)
    }

    /// Whether a frame has begun that has not ended.
    package var isInsideFrame: Bool {
        header != nil || bytesToDiscard > 0 || bytes.readableBytes > 0
    }

    /// Adds what was received.
    package mutating func append(_ received: ByteBuffer) {
        var received = received
        if bytesToDiscard > 0 {
            let count = min(bytesToDiscard, received.readableBytes)
            received.moveReaderIndex(forwardBy: count)
            bytesToDiscard -= count
        }
        if bytes.readableBytes == 0 {
            bytes = received
        } else {
            // A peer that always leaves a frame unfinished must not make the buffer grow.
            bytes.discardReadBytes()
            bytes.writeBuffer(&received)
        }
    }

    /// Takes the next event; `nil` if more bytes are needed.
    ///
    /// After ``Event/notTTRPC`` there is nothing more to take.
    package mutating func next() -> Event? {
        if header == nil {
            guard bytesToDiscard == 0, let event = beginFrame() else {
                return finishFrame()
            }
            return event
        }
        return finishFrame()
    }

    /// Reads a header; an event if the frame is refused by its header alone.
    private mutating func beginFrame() -> Event? {
        if let first: UInt8 = bytes.getInteger(at: bytes.readerIndex), first != 0 {
            return .notTTRPC
        }
        guard let header = bytes.readFrameHeader() else {
            return nil
        }
        guard header.payloadByteCount <= payloadBytesMax else {
            let here = min(Int(header.payloadByteCount), bytes.readableBytes)
            bytes.moveReaderIndex(forwardBy: here)
            bytesToDiscard = Int(header.payloadByteCount) - here
            return .oversize(header)
        }
        self.header = header
        return nil
    }

    private mutating func finishFrame() -> Event? {
        guard let header, let payload = bytes.readSlice(length: Int(header.payloadByteCount))
        else {
            return nil
        }
        self.header = nil
        if bytes.readableBytes == 0 {
            bytes = ByteBuffer()
        }
        return .frame(header, payload)
    }
}
