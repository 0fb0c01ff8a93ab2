// SPDX-License-Identifier: Apache-2.0

/// The one primary action a customer has for some units.
public enum CancelAction: Int, Sendable, Hashable, CaseIterable {
    case cancelItems = 1
    case requestCancellation = 2
    case cancelDelivery = 3
    case refuseOrReturn = 4
    case contactSeller = 5
    case none = 6
}

/// Why the action is not to cancel the items.
public enum CancelOptionReason: String, Sendable, Hashable, CaseIterable {
    case notPhysical = "NOT_PHYSICAL"
    case sellerOrder = "SELLER_ORDER"
    case requestPending = "REQUEST_PENDING"
    case requestDeclined = "REQUEST_DECLINED"
    case inShippingProcess = "IN_SHIPPING_PROCESS"
    case stopRequested = "STOP_REQUESTED"
    case shipped = "SHIPPED"
    case delivered = "DELIVERED"
    case returning = "RETURNING"
    case returned = "RETURNED"
    case inInspection = "IN_INSPECTION"
    case inRepair = "IN_REPAIR"
    case lost = "LOST"
    case canceled = "CANCELED"
}

/// What can be done about consecutive units of one line.
public struct CancelOption: Sendable, Hashable {
    /// Index in ``Order/lines``.
    public var line: Int
    /// Number of the first unit in the order.
    public var first: Int
    /// How many units, at least 1.
    public var count: Int
    /// Where it stands.
    public var state: UnitState
    /// The one primary action.
    public var action: CancelAction
    /// nil where the action is ``CancelAction/cancelItems``.
    public var reason: CancelOptionReason?
    /// The shipment.
    public var shipment: ShipmentID?
    /// What canceling one of them gives back, shipping aside.
    public var unitTotal: Int64
}

extension Order {
    /// Tells for every unit the one action that is open, and why the others are not.
    ///
    /// `recallable` are the shipments whose delivery can be canceled now.
    public func cancelOptions(recallable: Set<ShipmentID> = []) -> [CancelOption] {
        var options: [CancelOption] = []
        for run in runs {
            let seller = lines[run.line].sellerID != nil
            let recalls = run.shipment.map { recallable.contains($0) } ?? false
            let (action, reason) = run.state.option(soldBySeller: seller, canRecall: recalls)
            let option = CancelOption(
                line: run.line, first: run.first, count: run.count, state: run.state,
                action: action, reason: reason, shipment: run.shipment, unitTotal: run.refundable)
            if let last = options.last, last.isAlike(option) {
                options[options.count - 1].count += option.count
            } else {
                options.append(option)
            }
        }
        return options
    }
}

extension CancelOption {
    fileprivate func isAlike(_ other: CancelOption) -> Bool {
        var moved = other
        moved.first = first
        moved.count = count
        return moved == self
    }
}

extension UnitState {
    /// The table of the domain's ruling 18.
    fileprivate func option(
        soldBySeller: Bool, canRecall: Bool
    ) -> (CancelAction, CancelOptionReason?) {
        switch self {
        case .open: soldBySeller ? (.requestCancellation, .sellerOrder) : (.cancelItems, nil)
        case .inProcess: (soldBySeller ? .contactSeller : .refuseOrReturn, .inShippingProcess)
        case .stopRequested: (soldBySeller ? .contactSeller : .refuseOrReturn, .stopRequested)
        case .shipped: (canRecall ? .cancelDelivery : .refuseOrReturn, .shipped)
        case .delivered: (.refuseOrReturn, .delivered)
        case .returning: (.none, .returning)
        case .inInspection: (.none, .inInspection)
        case .inRepair: (.none, .inRepair)
        case .returned: (.none, .returned)
        case .lost: (.none, .lost)
        case .canceled: (.none, .canceled)
        case .digital: (.none, .notPhysical)
        }
    }
}
