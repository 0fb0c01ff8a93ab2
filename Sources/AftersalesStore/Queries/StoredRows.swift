// SPDX-License-Identifier: Apache-2.0

public import Aftersales

/// A posted Message Center item; only whether it was read ever changes.
public struct StoredMessage: Sendable, Hashable {
    /// The sequence number of the first event of the decision that posted it.
    public var id: MessageID
    /// As the decision wrote it.
    public var content: MessageDraft
    /// When its decision was made.
    public var postedAt: Instant
    /// When the customer read it; nil while unread.
    public var readAt: Instant?

    /// 1 as posted, 2 once read.
    public var version: Int64 { readAt == nil ? 1 : 2 }
    /// Its place in a list.
    public var key: MessageKey { MessageKey(isUnread: readAt == nil, id: id) }
}

/// What a carrier said of a shipment, kept whether or not it moved the shipment.
public struct CarrierEvent: Sendable, Hashable {
    /// The parcel it is about.
    public var shipmentID: ShipmentID
    /// The carrier's own id, unique for the shipment.
    public var carrierEventID: String
    /// The shipment's state once the event was judged.
    public var state: ShipmentState
    /// By the carrier's clock.
    public var occurredAt: Instant
    /// False when it was older than the shipment's state, or could not follow it.
    public var applied: Bool
    /// By the desk's clock.
    public var reportedAt: Instant
}

/// What somebody has to look at; the raw value is stored and never changes meaning.
public enum IncidentKind: Int, Sendable, Hashable, CaseIterable {
    /// A parcel left with units that had been canceled.
    case shippedAfterCancel = 1
}

/// Something that should not have happened, about consecutive units of one order.
public struct Incident: Sendable, Hashable {
    /// The sequence number of its event.
    public var id: Int64
    /// What happened.
    public var kind: IncidentKind
    /// The order of the units.
    public var orderID: OrderID
    /// Index of their line.
    public var line: Int
    /// Number of the first unit in the order.
    public var first: Int
    /// How many units.
    public var count: Int
    /// When it was noticed.
    public var openedAt: Instant
}
