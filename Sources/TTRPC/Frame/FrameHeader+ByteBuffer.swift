// SPDX-License-Identifier: Apache-2.0

package import NIOCore

extension ByteBuffer {
    /// Appends a frame's header.
    package mutating func writeFrameHeader(_ header: FrameHeader) {
        writeMultipleIntegers(
            header.payloadByteCount, header.streamID, header.type.rawValue, header.flags.rawValue)
    }

    /// Takes a frame's header; `nil`, and nothing taken, if it is not all there.
    package mutating func readFrameHeader() -> FrameHeader? {
        guard
            let (count, id, type, flags) = readMultipleIntegers(
                as: (UInt32, UInt32, UInt8, UInt8).self)
        else {
            return nil
        }
        return FrameHeader(
            payloadByteCount: count, streamID: id, type: FrameType(rawValue: type),
            flags: FrameFlags(rawValue: flags))
    }
}
