// SPDX-License-Identifier: Apache-2.0

/// What has come on a stream and was not yet taken by its consumer.
///
/// It bounds what waits, whether or not the sender keeps to its credit, and says when the sender
/// is to be given new credit.
package struct ReceiveWindow: Sendable, Hashable {
    private let itemsMax: Int
    private let windowBytes: Int
    private let bytesMax: Int
    private(set) package var items = 0
    private(set) package var bytes = 0
    private var takenItems = 0
    private var takenBytes = 0

    /// An empty window.
    package init(limits: Limits) {
        itemsMax = limits.streamItemsMax
        windowBytes = limits.streamWindowBytes
        bytesMax = limits.streamWindowBytes + limits.framePayloadBytesMax
    }

    /// An item has come; whether there was room for it.
    package mutating func receive(byteCount: Int) -> Bool {
        guard items < itemsMax, bytes + byteCount <= bytesMax else {
            return false
        }
        items += 1
        bytes += byteCount
        return true
    }

    /// The consumer has taken an item.
    ///
    /// - Returns: the credit to give the sender, once it is worth a frame.
    package mutating func take(byteCount: Int) -> WindowUpdate? {
        items -= 1
        bytes -= byteCount
        takenItems += 1
        takenBytes += byteCount
        guard takenItems * 2 >= itemsMax || takenBytes * 2 >= windowBytes else {
            return nil
        }
        defer {
            takenItems = 0
            takenBytes = 0
        }
        return WindowUpdate(
            items: UInt32(clamping: takenItems), bytes: UInt32(clamping: takenBytes))
    }
}
