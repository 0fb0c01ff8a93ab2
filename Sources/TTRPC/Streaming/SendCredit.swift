// SPDX-License-Identifier: Apache-2.0

/// How much a sender may still put on a stream.
///
/// An item may be sent while there is room for an item and for any byte; the last one may take
/// more bytes than there is room for, so that the largest item can always go.
package struct SendCredit: Sendable, Hashable {
    private(set) package var items: Int
    private(set) package var bytes: Int

    /// The credit that both sides of a stream begin with.
    package init(limits: Limits) {
        items = limits.streamItemsMax
        bytes = limits.streamWindowBytes
    }

    /// Whether an item may be sent now.
    package var allowsItem: Bool {
        items >= 1 && bytes >= 1
    }

    /// An item was sent.
    package mutating func spend(byteCount: Int) {
        items -= 1
        bytes -= byteCount
    }

    /// The receiver has made room.
    ///
    /// A peer that makes more room than anybody could use gets no more than that.
    package mutating func add(_ update: WindowUpdate) {
        items = min(items + Int(update.items), Int(UInt32.max))
        bytes = min(bytes + Int(update.bytes), Int(UInt32.max))
    }
}
