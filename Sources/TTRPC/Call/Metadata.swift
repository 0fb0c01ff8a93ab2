// SPDX-License-Identifier: Apache-2.0

/// What a client says about a call beside its request: ordered pairs of text.
///
/// Keys are lower-cased when they come in, from the wire as well as from a program. A key may
/// occur more than once; the order of its values is kept. Both are UTF-8: ttrpc has no binary
/// form. Nothing in metadata is proof of who calls; that is ``Peer``.
///
/// ```swift
/// var metadata: Metadata = ["trace-id": "4bf92f"]
/// metadata.append(key: "Trace-ID", value: "00f067")
/// metadata.values(for: "trace-id")  // ["4bf92f", "00f067"]
/// ```
public struct Metadata: Sendable, Hashable {
    /// One pair.
    public struct Entry: Sendable, Hashable {
        /// The key, in lower case.
        public let key: String

        /// The value.
        public let value: String
    }

    /// The pairs in the order in which they were added.
    public private(set) var entries: [Entry] = []

    /// Metadata with nothing in it.
    public init() {}

    /// Whether there are no pairs.
    public var isEmpty: Bool {
        entries.isEmpty
    }

    /// Adds a pair behind all others.
    public mutating func append(key: String, value: String) {
        entries.append(Entry(key: key.lowercased(), value: value))
    }

    /// The values of `key`, which may be in any case, in the order in which they were added.
    public func values(for key: String) -> [String] {
        let wanted = key.lowercased()
        return entries.lazy.filter { $0.key == wanted }.map(\.value)
    }

    /// The first value of `key`, which may be in any case.
    public func first(for key: String) -> String? {
        let wanted = key.lowercased()
        return entries.first { $0.key == wanted }?.value
    }
}

extension Metadata: ExpressibleByDictionaryLiteral {
    /// Makes metadata from pairs; a key may be written more than once.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (key, value) in elements {
            append(key: key, value: value)
        }
    }
}
