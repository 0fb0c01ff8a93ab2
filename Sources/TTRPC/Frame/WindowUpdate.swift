// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// The payload of a WINDOW frame: how much more its receiver may send on the stream.
package struct WindowUpdate: Sendable, Hashable {
    /// Bytes on the wire.
    package static let byteCount = 8

    /// Data items.
    package var items: UInt32

    /// Bytes of data items.
    package var bytes: UInt32

    package init(items: UInt32, bytes: UInt32) {
        self.items = items
        self.bytes = bytes
    }

    /// Reads a payload; `nil` if it is not one.
    package init?(_ payload: Span<UInt8>) {
        guard payload.count == Self.byteCount else {
            return nil
        }
        func integer(at offset: Int) -> UInt32 {
            (offset..<offset + 4).reduce(0) { $0 << 8 | UInt32(payload[$1]) }
        }
        self.init(items: integer(at: 0), bytes: integer(at: 4))
    }
}

extension ByteBuffer {
    /// Appends a WINDOW frame.
    package mutating func writeWindowFrame(streamID: UInt32, _ update: WindowUpdate) {
        writeFrameHeader(
            FrameHeader(
                payloadByteCount: UInt32(WindowUpdate.byteCount), streamID: streamID,
                type: .window))
        writeMultipleIntegers(update.items, update.bytes)
    }

    /// Appends a CANCEL frame.
    package mutating func writeCancelFrame(streamID: UInt32) {
        writeFrameHeader(FrameHeader(payloadByteCount: 0, streamID: streamID, type: .cancel))
    }

    /// Appends a Data frame with a message, which may be empty.
    package mutating func writeDataFrame(streamID: UInt32, _ message: [UInt8]) {
        writeFrameHeader(
            FrameHeader(
                payloadByteCount: UInt32(message.count), streamID: streamID, type: .data))
        writeBytes(message)
    }

    /// Appends the frame that ends a sender's side of a stream.
    package mutating func writeEndOfDataFrame(streamID: UInt32) {
        writeFrameHeader(
            FrameHeader(
                payloadByteCount: 0, streamID: streamID, type: .data,
                flags: [.remoteClosed, .noData]))
    }
}
