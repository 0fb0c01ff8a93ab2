// SPDX-License-Identifier: Apache-2.0

/// Units the warehouse names: so many of a line, or consecutive ones from a unit on.
public struct UnitSelection: Sendable, Hashable {
    /// The storefront's id of the line.
    public var lineID: String
    /// How many units, at least 1.
    public var quantity: Int
    /// Number of the first unit in the order; nil = the lowest-numbered that qualify.
    public var firstUnit: Int?

    /// Makes a selection.
    public init(lineID: String, quantity: Int, firstUnit: Int? = nil) {
        self.lineID = lineID
        self.quantity = quantity
        self.firstUnit = firstUnit
    }
}

/// The warehouse asks before it picks.
public struct BeginShipping: Sendable, Hashable {
    /// The caller's id of the shipment; the same again adds units to it.
    public var externalShipmentID: String
    /// Name of the carrier; may be empty.
    public var carrier: String
    /// The carrier's number; may be empty.
    public var trackingNumber: String
    /// Whether the carrier can bring it back.
    public var recallSupported: Bool
    /// 1 to ``OrderLimits/lineCountMax`` selections.
    public var units: [UnitSelection]
    /// The seller that ships its own units; nil for the warehouse.
    public var sellerID: String?
    /// The order's version the caller has seen; 0 = not given.
    public var expectedVersion: Int64

    /// Makes a command.
    public init(
        externalShipmentID: String, carrier: String = "", trackingNumber: String = "",
        recallSupported: Bool = false, units: [UnitSelection], sellerID: String? = nil,
        expectedVersion: Int64 = 0
    ) {
        self.externalShipmentID = externalShipmentID
        self.carrier = carrier
        self.trackingNumber = trackingNumber
        self.recallSupported = recallSupported
        self.units = units
        self.sellerID = sellerID
        self.expectedVersion = expectedVersion
    }
}

/// Why units must not be picked; the raw value is the stable reason.
public enum ShippingRejection: String, Sendable, Hashable, CaseIterable {
    case canceled = "CANCELED"
    case stopRequested = "STOP_REQUESTED"
    case alreadyInProcess = "ALREADY_IN_PROCESS"
    case alreadyShipped = "ALREADY_SHIPPED"
    case notPhysical = "NOT_PHYSICAL"
    case unknownLine = "UNKNOWN_LINE"
    case quantityNotOpen = "QUANTITY_NOT_OPEN"
    case notYours = "NOT_YOURS"

    /// Why a unit in this state is not picked; nil for one that is.
    init?(_ state: UnitState) {
        switch state {
        case .open: return nil
        case .inProcess: self = .alreadyInProcess
        case .stopRequested: self = .stopRequested
        case .canceled: self = .canceled
        case .digital: self = .notPhysical
        case .shipped, .returning, .delivered, .inInspection, .inRepair, .returned, .lost:
            self = .alreadyShipped
        }
    }
}

/// Units that must not be picked.
public struct RejectedUnits: Sendable, Hashable {
    /// The storefront's id of the line.
    public var lineID: String
    /// 0 where the line is unknown.
    public var first: Int
    /// How many units, at least 1.
    public var count: Int
    /// Why.
    public var reason: ShippingRejection

    /// Names units.
    public init(lineID: String, first: Int, count: Int, reason: ShippingRejection) {
        self.lineID = lineID
        self.first = first
        self.count = count
        self.reason = reason
    }
}

/// What may be picked; a part of what was asked for is a normal answer.
public struct BeginShippingDecision: Sendable, Hashable {
    /// nil when nothing may be picked.
    public var change: OrderChange?
    /// The shipment as it will be; nil when nothing was accepted and it is new.
    public var shipment: Shipment?
    /// Now IN_PROCESS, by number.
    public var accepted: [UnitRun]
    /// What must not be picked, and why.
    public var rejected: [RejectedUnits]
}
