// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
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
