// SPDX-License-Identifier: Apache-2.0

import ProtobufC

/// The reason of an error, for a program to act on: google.rpc.ErrorInfo.
public struct ErrorInfo: StatusDetail {
    /// One scalar that goes with the reason.
    public struct Entry: Sendable, Hashable {
        /// Its name.
        public var key: String

        /// Its value as text.
        public var value: String

        /// Makes an entry.
        public init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    /// Why, in UPPER_SNAKE_CASE, constant for the kind of error.
    public var reason: String

    /// Who defines the reason; the runtime's own is `ttrpc`.
    public var domain: String

    /// Scalars that go with the reason, sorted by key, each key once.
    public private(set) var metadata: [Entry]

    /// Makes a reason; of a key given twice the last value is kept.
    public init(reason: String, domain: String, metadata: [(String, String)] = []) {
        self.reason = reason
        self.domain = domain
        var sorted: [String: String] = [:]
        for (key, value) in metadata {
            sorted[key] = value
        }
        self.metadata =
            sorted.map { Entry(key: $0.key, value: $0.value) }.sorted { $0.key < $1.key }
    }

    /// The value of `key`, if there is one.
    public subscript(key: String) -> String? {
        metadata.first { $0.key == key }?.value
    }

    /// `type.googleapis.com/google.rpc.ErrorInfo`.
    public static var typeURL: String { "type.googleapis.com/google.rpc.ErrorInfo" }

    /// Reads the message's bytes; `nil` if they are malformed.
    public init?(encoded: Span<UInt8>) {
        var reader = WireReader(encoded)
        var reason = ""
        var domain = ""
        var pairs: [(String, String)] = []
        do throws(DecodeError) {
            while let field = try reader.nextField() {
                switch (field.number, field.wireType) {
                case (1, .lengthDelimited): reason = try reader.string()
                case (2, .lengthDelimited): domain = try reader.string()
                case (3, .lengthDelimited):
                    pairs.append(try encoded.pair(in: reader.lengthDelimited()))
                default: try reader.skip(field.wireType)
                }
            }
        } catch {
            return nil
        }
        self.init(reason: reason, domain: domain, metadata: pairs)
    }

    /// The message's bytes, deterministic.
    public func encoded() -> [UInt8] {
        var writer = WireWriter(capacity: 64)
        writer.string(1, reason)
        writer.string(2, domain)
        for entry in metadata {
            writer.message(3) { nested in
                nested.string(1, entry.key)
                nested.string(2, entry.value)
            }
        }
        return writer.finish()
    }
}
