// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import AftersalesStore
import TTRPC

extension AftersalesAPI.ItemKind {
    /// The domain's value; UNSPECIFIED is a missing field, an unknown number is refused.
    func domain(_ field: String) throws(RPCError) -> Aftersales.ItemKind {
        switch self {
        case .unspecified: throw Fields.required(field)
        case .physical: .physical
        case .digital: .digital
        case .subscription: .subscription
        case .unrecognized(let number): throw Fields.unknownEnum(field, number)
        }
    }
}

extension AftersalesAPI.TenderClass {
    /// The domain's value; UNSPECIFIED is a missing field, an unknown number is refused.
    func domain(_ field: String) throws(RPCError) -> Aftersales.TenderClass {
        switch self {
        case .unspecified: throw Fields.required(field)
        case .card: .card
        case .bank: .bank
        case .wallet: .wallet
        case .offline: .offline
        case .storeCredit: .storeCredit
        case .giftCard: .giftCard
        case .exchangeCredit: .exchangeCredit
        case .unrecognized(let number): throw Fields.unknownEnum(field, number)
        }
    }
}

extension AftersalesAPI.TenderChannel {
    /// The domain's value; UNSPECIFIED is a missing field, an unknown number is refused.
    func domain(_ field: String) throws(RPCError) -> Aftersales.TenderChannel {
        switch self {
        case .unspecified: throw Fields.required(field)
        case .online: .online
        case .offline: .offline
        case .unrecognized(let number): throw Fields.unknownEnum(field, number)
        }
    }
}

extension AftersalesAPI.CancelReason {
    /// The domain's value; UNSPECIFIED is a missing field, an unknown number is refused.
    func domain(_ field: String) throws(RPCError) -> Aftersales.CancelReason {
        switch self {
        case .unspecified: throw Fields.required(field)
        case .changedMind: .changedMind
        case .orderedByMistake: .orderedByMistake
        case .foundCheaper: .foundCheaper
        case .tooSlow: .tooSlow
        case .wrongAddress: .wrongAddress
        case .duplicateOrder: .duplicateOrder
        case .paymentProblem: .paymentProblem
        case .other: .other
        case .outOfStock: .outOfStock
        case .pricingError: .pricingError
        case .fraudSuspected: .fraudSuspected
        case .cannotShip: .cannotShip
        case .unrecognized(let number): throw Fields.unknownEnum(field, number)
        }
    }
}

extension AftersalesAPI.RefundState {
    /// The domain's value; UNSPECIFIED is a missing field, an unknown number is refused.
    func domain(_ field: String) throws(RPCError) -> Aftersales.RefundState {
        switch self {
        case .unspecified: throw Fields.required(field)
        case .awaitingApproval: .awaitingApproval
        case .queued: .queued
        case .leased: .leased
        case .unknown: .unknown
        case .submitted: .submitted
        case .settled: .settled
        case .returnedFunds: .returnedFunds
        case .blocked: .blocked
        case .needsAlternate: .needsAlternate
        case .alternateAwaitingApproval: .alternateAwaitingApproval
        case .alternateQueued: .alternateQueued
        case .settledAlternate: .settledAlternate
        case .canceled: .canceled
        case .unrecognized(let number): throw Fields.unknownEnum(field, number)
        }
    }
}

extension AftersalesAPI.WarehouseTaskKind {
    /// The domain's value; UNSPECIFIED is a missing field, an unknown number is refused.
    func domain(_ field: String) throws(RPCError) -> Aftersales.WarehouseTaskKind {
        switch self {
        case .unspecified: throw Fields.required(field)
        case .stop: .stop
        case .recall: .recall
        case .sendBack: .sendBack
        case .replace: .replace
        case .restock: .restock
        case .unrecognized(let number): throw Fields.unknownEnum(field, number)
        }
    }
}

extension AftersalesAPI.CancelReason {
    /// One of the customer's own reasons; the shop's and the sellers' are not theirs to give.
    func customers(_ field: String) throws(RPCError) -> Aftersales.CancelReason {
        let reason = try domain(field)
        switch reason {
        case .changedMind, .orderedByMistake, .foundCheaper, .tooSlow, .wrongAddress,
            .duplicateOrder, .paymentProblem, .other:
            return reason
        case .outOfStock, .pricingError, .fraudSuspected, .cannotShip:
            throw ServiceErrors.invalid(
                field, "REASON_NOT_CUSTOMERS", "\(field): this is a reason of the shop's")
        }
    }
}

extension AftersalesAPI.OrderView {
    /// Which list is asked for; without a word all orders.
    func list(_ field: String) throws(RPCError) -> OrderListView {
        switch self {
        case .unspecified, .all: .all
        case .open: .open
        case .canceled: .canceled
        case .unrecognized(let number): throw Fields.unknownEnum(field, number)
        }
    }
}

extension AftersalesAPI.ShipmentEventType {
    /// What the carrier says; what parcels do on their way back is not served yet.
    func domain(_ field: String) throws(RPCError) -> Aftersales.ShipmentEventType {
        switch self {
        case .unspecified: throw Fields.required(field)
        case .labeled: .labeled
        case .pickedUp: .pickedUp
        case .inTransit: .inTransit
        case .outForDelivery: .outForDelivery
        case .deliveryFailed: .deliveryFailed
        case .delivered: .delivered
        case .refused, .undeliverable, .recallConfirmed, .recallFailed, .returnedToSender, .lost:
            throw ServiceErrors.error(
                .unimplemented, "EVENT_TYPE_NOT_SERVED",
                "\(field): this desk does not take this type of event yet", fields: [field])
        case .unrecognized(let number): throw Fields.unknownEnum(field, number)
        }
    }
}

extension AftersalesAPI.TaskOutcome {
    /// How a STOP task ended.
    func domain(_ field: String) throws(RPCError) -> Aftersales.TaskOutcome {
        switch self {
        case .unspecified: throw Fields.required(field)
        case .done: .done
        case .tooLate: .tooLate
        case .failed: .failed
        case .released: .released
        case .outOfStock: throw RejectionStatus.error(.outcome(field: field))
        case .unrecognized(let number): throw Fields.unknownEnum(field, number)
        }
    }
}
