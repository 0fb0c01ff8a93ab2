// SPDX-License-Identifier: Apache-2.0

/// What a carrier says happened to a parcel.
public enum ShipmentEventType: String, Sendable, Hashable, CaseIterable {
    case labeled = "LABELED"
    case pickedUp = "PICKED_UP"
    case inTransit = "IN_TRANSIT"
    case outForDelivery = "OUT_FOR_DELIVERY"
    case deliveryFailed = "DELIVERY_FAILED"
    case delivered = "DELIVERED"
}

/// One carrier event about one shipment; events come late, twice and out of order.
public struct ShipmentReport: Sendable, Hashable {
    /// The carrier's id of the event, unique in the shipment.
    public var carrierEventID: String
    /// What happened.
    public var type: ShipmentEventType
    /// By the carrier's clock.
    public var occurredAt: Instant
    /// The units it is about; empty = all in the shipment.
    public var units: [UnitSelection]

    /// Makes a report.
    public init(
        carrierEventID: String, type: ShipmentEventType, occurredAt: Instant,
        units: [UnitSelection] = []
    ) {
        self.carrierEventID = carrierEventID
        self.type = type
        self.occurredAt = occurredAt
        self.units = units
    }
}

/// What became of a carrier event.
public enum ShipmentEventOutcome: Int, Sendable, Hashable, CaseIterable {
    case applied = 1
    /// A repeat, or older than what is known.
    case ignored = 2
    /// It contradicts what is known: goods that are canceled have shipped.
    case incident = 3
}

/// Carrier events judged.
public struct ShipmentDecision: Sendable, Hashable {
    /// nil when every event is a repeat.
    public var change: OrderChange?
    /// The shipment.
    public var shipment: Shipment
    /// One for each report, in order.
    public var outcomes: [ShipmentEventOutcome]
}

extension ShipmentState {
    /// The state after a carrier event; nil when the event says nothing new.
    ///
    /// A missing pick-up is implied by whatever comes after it.
    func after(_ event: ShipmentEventType) -> ShipmentState? {
        switch (self, event) {
        case (.ready, .labeled): .labeled
        case (.ready, .pickedUp), (.labeled, .pickedUp): .inTransit
        case (.ready, .inTransit), (.labeled, .inTransit), (.outForDelivery, .inTransit),
            (.outForDelivery, .deliveryFailed):
            .inTransit
        case (.ready, .outForDelivery), (.labeled, .outForDelivery), (.inTransit, .outForDelivery),
            (.recallRequested, .outForDelivery):
            .outForDelivery
        case (.ready, .delivered), (.labeled, .delivered), (.inTransit, .delivered),
            (.outForDelivery, .delivered), (.recallRequested, .delivered), (.returning, .delivered):
            .delivered
        default: nil
        }
    }

    /// Whether the carrier does not have it yet.
    var isBeforePickup: Bool { self == .ready || self == .labeled }

    /// The stable name, as in the contract.
    public var name: String {
        switch self {
        case .ready: "READY"
        case .labeled: "LABELED"
        case .inTransit: "IN_TRANSIT"
        case .outForDelivery: "OUT_FOR_DELIVERY"
        case .delivered: "DELIVERED"
        case .recallRequested: "RECALL_REQUESTED"
        case .returning: "RETURNING"
        case .returnedToSender: "RETURNED_TO_SENDER"
        case .lost: "LOST"
        }
    }
}
