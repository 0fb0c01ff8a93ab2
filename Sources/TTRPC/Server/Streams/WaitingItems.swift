// SPDX-License-Identifier: Apache-2.0

import DequeModule

/// Items that handlers want to send and for which there is no room yet.
///
/// A handler waits until its item has gone, so there are few: one for each task that sends.
struct WaitingItems {
    /// An item, and who waits for it.
    struct Item {
        let bytes: [UInt8]
        let sender: CallEvent.Sender
    }

    private var streams: [CallKey: Deque<Item>] = [:]

    var isEmpty: Bool {
        streams.isEmpty
    }

    /// The calls that have an item here.
    var keys: [CallKey] {
        Array(streams.keys)
    }

    func isWaiting(_ key: CallKey) -> Bool {
        streams[key] != nil
    }

    mutating func append(_ key: CallKey, _ item: Item) {
        streams[key, default: []].append(item)
    }

    /// The item that is to go next on a stream.
    func first(_ key: CallKey) -> Item? {
        streams[key]?.first
    }

    mutating func removeFirst(_ key: CallKey) -> Item? {
        let item = streams[key]?.popFirst()
        if streams[key]?.isEmpty == true {
            streams[key] = nil
        }
        return item
    }

    /// The stream has ended; who waited is told.
    mutating func end(_ key: CallKey) {
        for item in streams.removeValue(forKey: key) ?? [] {
            item.sender.resume(returning: .callCancelled)
        }
    }

    /// Everything has ended.
    mutating func endAll() {
        for key in keys {
            end(key)
        }
    }
}
