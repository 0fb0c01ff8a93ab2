// SPDX-License-Identifier: Apache-2.0

/// The state of a parcel.
public enum ShipmentState: Int, Sendable, Hashable, CaseIterable {
    case ready = 1
    case labeled = 2
    case inTransit = 3
    case outForDelivery = 4
    case delivered = 5
    case recallRequested = 6
    case returning = 7
    case returnedToSender = 8
    case lost = 9
}

/// A parcel of one order.
public struct Shipment: Sendable, Hashable {
    /// The identity.
    public var id: ShipmentID
    /// +1 for each of its events, from 1.
    public var version: Int64
    /// The order it belongs to.
    public var orderID: OrderID
    /// The warehouse's own id, unique, at most 64 bytes.
    public var externalID: String
    /// Name of the carrier; may be empty.
    public var carrier: String
    /// The carrier's number, at most 64 bytes; empty while unknown.
    public var trackingNumber: String
    /// Whether the carrier can bring the parcel back on request.
    public var recallSupported: Bool
    /// Where it stands.
    public var state: ShipmentState
    /// When the state's event happened, by the carrier's clock; an older event is stored, not
    /// applied.
    public var occurredAt: Instant

    /// Makes one from its parts.
    public init(
        id: ShipmentID, version: Int64, orderID: OrderID, externalID: String, carrier: String,
        state: ShipmentState, occurredAt: Instant, trackingNumber: String = "",
        recallSupported: Bool = false
    ) {
        self.id = id
        self.version = version
        self.orderID = orderID
        self.externalID = externalID
        self.carrier = carrier
        self.state = state
        self.occurredAt = occurredAt
        self.trackingNumber = trackingNumber
        self.recallSupported = recallSupported
    }
}
