// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import ProtobufC

/// The state of orders as the log alone tells it.
struct RebuiltShop {
    private(set) var orders: [String: RebuiltOrder] = [:]

    init(_ log: [LoggedEvent]) throws {
        for event in log {
            guard let payload = try EventPayload.decode(event.payload.span).payload else {
                throw Unreadable(seq: event.seq)
            }
            apply(payload, type: event.type)
        }
    }

    struct Unreadable: Error { var seq: Int64 }

    private mutating func apply(_ payload: EventPayload.Payload, type: String) {
        switch payload {
        case .orderImported(let fact):
            orders[fact.orderID] = RebuiltOrder(fact.units)
        case .unitsMoved(let fact):
            if let units = fact.units { orders[fact.orderID]?.move(units) }
        case .chargesCanceled(let fact):
            orders[fact.orderID]?.shippingRefunded += fact.shipping?.minorUnits ?? 0
        case .orderStateChanged(let fact):
            orders[fact.orderID]?.state = fact.state
        case .tenderOpened(let fact):
            orders[fact.orderID]?.tenders[fact.tenderID] = RebuiltTender(
                authorized: fact.authorized?.minorUnits ?? 0,
                captured: fact.captured?.minorUnits ?? 0)
        case .tenderChanged(let fact):
            orders[fact.orderID]?.tenders[fact.tenderID]?.change(
                type, fact.amount?.minorUnits ?? 0)
        case .refundCreated(let fact):
            orders[fact.orderID]?.legs[fact.refundID] = RebuiltLeg(
                tenderID: fact.tenderID, amount: fact.amount?.minorUnits ?? 0, state: fact.state)
        case .refundMoved(let fact):
            orders[fact.orderID]?.legs[fact.refundID]?.state = fact.state
        default: break
        }
    }
}

struct RebuiltLeg: Equatable {
    var tenderID: String
    var amount: Int64
    var state: RefundState
}

struct RebuiltTender: Equatable {
    var authorized: Int64
    var captured: Int64
    var released: Int64 = 0

    fileprivate mutating func change(_ type: String, _ amount: Int64) {
        switch type {
        case "tender.authorized": authorized = amount
        case "tender.captured":
            captured += amount
            authorized = max(authorized, captured)
        case "tender.release_due": released += amount
        default: break
        }
    }
}

struct RebuiltOrder: Equatable {
    var states: [UnitState] = []
    var refunded: [Int64] = []
    var shippingRefunded: Int64 = 0
    var tenders: [String: RebuiltTender] = [:]
    var legs: [String: RebuiltLeg] = [:]
    /// Set by the order's own events only.
    var state = OrderState.unspecified

    init(_ units: [UnitRange]) {
        for range in units {
            states += Array(repeating: range.state, count: Int(range.count))
            refunded += Array(repeating: range.unit?.refunded ?? 0, count: Int(range.count))
        }
    }

    /// The order as it is stored.
    init(_ order: Order, refunds: [AftersalesAPI.Refund]) {
        self.init(order.units)
        shippingRefunded = order.shippingRefunded?.minorUnits ?? 0
        for tender in order.tenders {
            tenders[tender.tenderID] = RebuiltTender(
                authorized: tender.authorized?.minorUnits ?? 0,
                captured: tender.captured?.minorUnits ?? 0,
                released: tender.released?.minorUnits ?? 0)
        }
        for refund in refunds {
            legs[refund.refundID] = RebuiltLeg(
                tenderID: refund.tenderID, amount: refund.amount?.minorUnits ?? 0,
                state: refund.state)
        }
        state = order.state == .canceled ? .canceled : .unspecified
    }

    fileprivate mutating func move(_ range: UnitRange) {
        for unit in Int(range.firstUnit)..<Int(range.firstUnit + range.count) {
            states[unit] = range.state
            refunded[unit] = range.unit?.refunded ?? 0
        }
    }
}
