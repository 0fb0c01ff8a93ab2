// SPDX-License-Identifier: Apache-2.0

/// The 10 bytes before each payload: length, stream id, type, flags, big-endian, no padding.
package struct FrameHeader: Sendable, Hashable {
    /// Bytes of a header on the wire.
    package static let byteCount = 10

    /// Bytes of the payload.
    package var payloadByteCount: UInt32

    /// The stream; a client's are odd.
    package var streamID: UInt32

    /// What the payload is.
    package var type: FrameType

    /// What the sender still means to do.
    package var flags: FrameFlags

    package init(
        payloadByteCount: UInt32, streamID: UInt32, type: FrameType, flags: FrameFlags = []
    ) {
        self.payloadByteCount = payloadByteCount
        self.streamID = streamID
        self.type = type
        self.flags = flags
    }
}

/// What a frame's payload is.
///
/// Other values than the constants are ignored by a receiver.
package struct FrameType: RawRepresentable, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// A client starts a call.
    package static let request = FrameType(rawValue: 1)
    /// A server ends a call.
    package static let response = FrameType(rawValue: 2)
    /// A message of a stream.
    package static let data = FrameType(rawValue: 3)

    // Extensions of this implementation begin at 0x10, clear of what the protocol may yet define.

    /// A client gives a call up; others ignore the type.
    package static let cancel = FrameType(rawValue: 0x10)
    /// A receiver makes room for more data on a stream; only between peers that said they know it.
    package static let window = FrameType(rawValue: 0x11)
}

/// What the sender of a frame still means to do.
///
/// Unknown bits are ignored.
package struct FrameFlags: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The sender is done with the stream.
    package static let remoteClosed = FrameFlags(rawValue: 0x01)
    /// The sender of a request goes on with data.
    package static let remoteOpen = FrameFlags(rawValue: 0x02)
    /// The frame carries no message, not even an empty one.
    package static let noData = FrameFlags(rawValue: 0x04)
}
