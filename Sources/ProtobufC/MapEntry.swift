// SPDX-License-Identifier: Apache-2.0

/// One entry of a proto map; generated messages hold maps as arrays of entries.
public protocol MapEntry: Message {
    /// The type of the key.
    associatedtype Key: Hashable & Comparable

    /// The key, which no other entry of the map has.
    var key: Key { get }
}

extension Array where Element: MapEntry {
    /// The entries in the order of their keys; of several with one key, the last.
    ///
    /// It makes an encoding deterministic, whatever the order in which entries were put in.
    public func sortedByKey() -> [Element] {
        if isSortedByKey { return self }
        var latest: [Element.Key: Element] = [:]
        for entry in self { latest[entry.key] = entry }
        return latest.values.sorted { $0.key < $1.key }
    }

    private var isSortedByKey: Bool {
        guard var previous = first?.key else { return true }
        for entry in dropFirst() {
            guard previous < entry.key else { return false }
            previous = entry.key
        }
        return true
    }
}
