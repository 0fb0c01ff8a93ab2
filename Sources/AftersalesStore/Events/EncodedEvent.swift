// SPDX-License-Identifier: Apache-2.0

/// The encoded form of one domain event; the store takes the rest from the decision.
public struct EncodedEvent: Sendable, Hashable {
    /// A stable name such as `unit.canceled`.
    public var type: String
    /// An encoded message with ids, states and amounts only.
    public var payload: [UInt8]

    /// Makes an encoded event.
    public init(type: String, payload: [UInt8]) {
        self.type = type
        self.payload = payload
    }
}
