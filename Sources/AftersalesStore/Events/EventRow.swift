// SPDX-License-Identifier: Apache-2.0

public import Aftersales

/// A fact of the log before it has a place in it.
public struct EventRow: Sendable, Hashable {
    /// What it happened to.
    public var aggregate: Aggregate
    /// The aggregate's version after this event.
    public var version: Int64
    /// A stable name such as `unit.canceled`.
    public var type: String
    /// By the writer's clock.
    public var occurredAt: Instant
    /// Who asked for it, such as `uid:1000`; empty for the desk itself.
    public var actor: String
    /// The policy it was decided under.
    public var policyVersion: Int64
    /// An encoded message with ids, states and amounts only.
    public var payload: [UInt8]

    /// Makes a row.
    public init(
        aggregate: Aggregate, version: Int64, type: String, occurredAt: Instant, actor: String,
        policyVersion: Int64, payload: [UInt8]
    ) {
        self.aggregate = aggregate
        self.version = version
        self.type = type
        self.occurredAt = occurredAt
        self.actor = actor
        self.policyVersion = policyVersion
        self.payload = payload
    }
}

/// An event with its place in the log.
public struct StoredEvent: Sendable, Hashable {
    /// From 1, without gaps.
    public var seq: Int64
    /// The fact itself.
    public var row: EventRow
    /// The hash of the event before; 32 zero bytes for the first.
    public var previousHash: [UInt8]
    /// SHA-256 over the hash before and the event's canonical bytes.
    public var hash: [UInt8]
}

extension Aggregate {
    /// The number the store keeps for the kind; it never changes meaning.
    var kind: Int {
        switch self {
        case .order: 1
        case .tender: 2
        case .refund: 3
        case .shipment: 4
        case .policy: 5
        }
    }

    /// The identity inside its kind.
    var number: Int64 {
        switch self {
        case .order(let id): id.value
        case .tender(let id): id.value
        case .refund(let id): id.value
        case .shipment(let id): id.value
        case .policy(let version): version
        }
    }

    init?(kind: Int, number: Int64) {
        switch kind {
        case 1: self = .order(OrderID(number))
        case 2: self = .tender(TenderID(number))
        case 3: self = .refund(RefundID(number))
        case 4: self = .shipment(ShipmentID(number))
        case 5: self = .policy(number)
        default: return nil
        }
    }
}
