// SPDX-License-Identifier: Apache-2.0

/// The outcome of one call that did not succeed: google.rpc.Status.
public struct RPCError: Error, Sendable, Hashable {
    /// What kind of failure it is.
    ///
    /// Never ``StatusCode/ok`` in an error that this library makes.
    public var code: StatusCode

    /// A sentence for the developer who reads it; never parse it.
    public var message: String

    /// What a program may act on, each a packed message such as ``ErrorInfo``.
    public var details: [AnyDetail]

    /// Makes an error.
    public init(_ code: StatusCode, _ message: String = "", details: [AnyDetail] = []) {
        self.code = code
        self.message = message
        self.details = details
    }

    /// The first detail of a type, unpacked; `nil` if there is none or its bytes are malformed.
    public func detail<Detail: StatusDetail>(_ type: Detail.Type) -> Detail? {
        for detail in details {
            if let found = detail.unpack(as: type) {
                return found
            }
        }
        return nil
    }
}

extension RPCError: CustomStringConvertible {
    /// The code, then the message, such as `NOT_FOUND: no order ord_1`.
    public var description: String {
        message.isEmpty ? "\(code)" : "\(code): \(message)"
    }
}
