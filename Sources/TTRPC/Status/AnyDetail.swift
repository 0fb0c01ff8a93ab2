// SPDX-License-Identifier: Apache-2.0

/// A packed message that says more about an error: google.protobuf.Any.
public struct AnyDetail: Sendable, Hashable {
    /// Which message it is, such as `type.googleapis.com/google.rpc.ErrorInfo`.
    public var typeURL: String

    /// The message's bytes.
    public var value: [UInt8]

    /// Makes a detail from its parts.
    public init(typeURL: String, value: [UInt8]) {
        self.typeURL = typeURL
        self.value = value
    }

    /// Packs a detail.
    public init(_ detail: some StatusDetail) {
        self.init(typeURL: type(of: detail).typeURL, value: detail.encoded())
    }

    /// The detail, if it is of this type and well formed.
    public func unpack<Detail: StatusDetail>(as type: Detail.Type) -> Detail? {
        guard typeURL == Detail.typeURL else {
            return nil
        }
        return Detail(encoded: value.span)
    }
}

/// A message that can be packed into an error's details.
public protocol StatusDetail: Sendable, Hashable {
    /// The type URL under which it is packed.
    static var typeURL: String { get }

    /// Reads the message's bytes; `nil` if they are malformed.
    init?(encoded: Span<UInt8>)

    /// The message's bytes, deterministic.
    func encoded() -> [UInt8]
}
