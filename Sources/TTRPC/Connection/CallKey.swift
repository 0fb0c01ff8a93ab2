// SPDX-License-Identifier: Apache-2.0

/// One call of a connection.
///
/// A stream id may be used again once its call has been answered, while the handler of the
/// answered call still runs; the serial number keeps a late reply from the wrong call.
package struct CallKey: Sendable, Hashable {
    /// The id on the wire.
    package let streamID: UInt32

    /// Which of the connection's calls it is, counted from 1 and around.
    package let serial: UInt32

    package init(streamID: UInt32, serial: UInt32) {
        self.streamID = streamID
        self.serial = serial
    }
}
