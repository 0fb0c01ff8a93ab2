// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// How much streams have written since others on the event loop had their turn.
///
/// A client that reads as fast as the server writes would otherwise keep one stream's handler on
/// the loop for ever.
struct StreamBurst {
    /// Items of one burst.
    static let itemsMax = 64
    /// Bytes of one burst, which its last item may exceed.
    static let bytesMax = 256 << 10
    /// How long the loop is left to others; a task without a delay would run before any input.
    static let pause = TimeAmount.microseconds(50)

    private(set) var began = ContinuousClock.Instant.now
    private var items = 0
    private var bytes = 0

    /// Whether somebody will come back to the items that wait.
    var isAwaitingRoom = false
    /// Whether a flush is on its way.
    var isFlushScheduled = false

    /// Whether it is others' turn.
    var isOver: Bool {
        items >= Self.itemsMax || bytes >= Self.bytesMax
    }

    /// Others have had their turn.
    mutating func restart() {
        items = 0
        bytes = 0
        began = .now
    }

    mutating func add(byteCount: Int) {
        items += 1
        bytes += byteCount
    }
}
