// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI

// Every mapping is a switch over all cases, so that a new state does not compile until it is
// decided what callers see of it.

extension AftersalesAPI.UnitState {
    init(_ value: Aftersales.UnitState) {
        self =
            switch value {
            case .open: .open
            case .inProcess: .inProcess
            case .stopRequested: .stopRequested
            case .shipped: .shipped
            case .returning: .returning
            case .delivered: .delivered
            case .inInspection: .inInspection
            case .inRepair: .inRepair
            case .returned: .returned
            case .lost: .lost
            case .canceled: .canceled
            case .digital: .digital
            }
    }
}

extension AftersalesAPI.ItemKind {
    init(_ value: Aftersales.ItemKind) {
        self =
            switch value {
            case .physical: .physical
            case .digital: .digital
            case .subscription: .subscription
            }
    }
}

extension AftersalesAPI.TenderState {
    init(_ value: Aftersales.TenderState) {
        self =
            switch value {
            case .expected: .expected
            case .authorized: .authorized
            case .partiallyCaptured: .partiallyCaptured
            case .captured: .captured
            case .voidQueued: .voidQueued
            case .voided: .voided
            case .expired: .expired
            }
    }
}

extension AftersalesAPI.TenderClass {
    init(_ value: Aftersales.TenderClass) {
        self =
            switch value {
            case .card: .card
            case .bank: .bank
            case .wallet: .wallet
            case .offline: .offline
            case .storeCredit: .storeCredit
            case .giftCard: .giftCard
            case .exchangeCredit: .exchangeCredit
            }
    }
}

extension AftersalesAPI.TenderChannel {
    init(_ value: Aftersales.TenderChannel) {
        self =
            switch value {
            case .online: .online
            case .offline: .offline
            }
    }
}

extension AftersalesAPI.RefundState {
    init(_ value: Aftersales.RefundState) {
        self =
            switch value {
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
            }
    }
}

extension AftersalesAPI.RefundKind {
    init(_ value: Aftersales.RefundKind) {
        self =
            switch value {
            case .online: .online
            case .manual: .manual
            case .immediate: .immediate
            }
    }
}

extension AftersalesAPI.RefundCause {
    init(_ value: Aftersales.ObligationCause) {
        self =
            switch value {
            case .cancellation: .cancellation
            case .returnAccepted: .return
            case .recall: .recall
            case .loss: .lost
            case .overcapture: .overcaptured
            case .goodwill: .goodwill
            case .correction: .correction
            }
    }
}

extension AftersalesAPI.Fault {
    init(_ value: Aftersales.Fault) {
        self =
            switch value {
            case .customer: .customer
            case .shop: .shop
            case .carrier: .carrier
            }
    }
}

extension AftersalesAPI.ShipmentState {
    init(_ value: Aftersales.ShipmentState) {
        self =
            switch value {
            case .ready: .ready
            case .labeled: .labeled
            case .inTransit: .inTransit
            case .outForDelivery: .outForDelivery
            case .delivered: .delivered
            case .recallRequested: .recallRequested
            case .returning: .returning
            case .returnedToSender: .returnedToSender
            case .lost: .lost
            }
    }
}

extension AftersalesAPI.WarehouseTaskKind {
    init(_ value: Aftersales.WarehouseTaskKind) {
        self =
            switch value {
            case .stop: .stop
            case .recall: .recall
            case .sendBack: .sendBack
            case .replace: .replace
            case .restock: .restock
            }
    }
}

extension AftersalesAPI.CancelReason {
    init(_ value: Aftersales.CancelReason) {
        self =
            switch value {
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
            }
    }
}

extension AftersalesAPI.SkipReason {
    init(_ value: Aftersales.SkipReason) {
        self =
            switch value {
            case .notPhysical: .notPhysical
            case .useRequestCancellation: .useRequestCancellation
            case .inShippingProcess: .inShippingProcess
            case .alreadyShipped: .alreadyShipped
            case .alreadyCanceled: .alreadyCanceled
            case .quantityNotOpen: .quantityNotOpen
            case .bundleClosureRequired: .bundleClosureRequired
            }
    }
}

extension AftersalesAPI.MessageKind {
    init(_ value: Aftersales.MessageKind) {
        self =
            switch value {
            case .cancelConfirmed: .cancelConfirmed
            case .stopResult: .stopResult
            case .refundStarted: .refundStarted
            case .refundSettled: .refundSettled
            case .refundFailedActionNeeded: .refundFailedActionNeeded
            case .cancelRequestSent: .cancelRequestSent
            case .cancelRequestApproved: .cancelRequestApproved
            case .cancelRequestDeclined: .cancelRequestDeclined
            case .cancelRequestSuperseded: .cancelRequestSuperseded
            case .recallRequested: .recallRequested
            case .recallResult: .recallResult
            case .sellerMessage: .sellerMessage
            }
    }
}

extension AftersalesAPI.SplitRule {
    init(_ value: Aftersales.TenderSplit) {
        self =
            switch value {
            case .priority: .priority
            case .proRata: .proRata
            }
    }
}

extension AftersalesAPI.OrderState {
    init(_ value: Aftersales.OrderState) {
        self =
            switch value {
            case .placed: .placed
            case .partiallyShipped: .partiallyShipped
            case .shipped: .shipped
            case .delivered: .delivered
            case .canceled: .canceled
            case .closed: .closed
            }
    }
}

extension AftersalesAPI.PaymentState {
    init(_ value: Aftersales.PaymentState) {
        self =
            switch value {
            case .unpaid: .unpaid
            case .authorized: .authorized
            case .partiallyCaptured: .partiallyCaptured
            case .captured: .captured
            case .partiallyRefunded: .partiallyRefunded
            case .refunded: .refunded
            case .disputed: .disputed
            case .voided: .voided
            }
    }
}

extension AftersalesAPI.CancelAction {
    init(_ value: Aftersales.CancelAction) {
        self =
            switch value {
            case .cancelItems: .cancelItems
            case .requestCancellation: .requestCancellation
            case .cancelDelivery: .cancelDelivery
            case .refuseOrReturn: .refuseOrReturn
            case .contactSeller: .contactSeller
            case .none: .none
            }
    }
}

extension AftersalesAPI.CancelOptionReason {
    init(_ value: Aftersales.CancelOptionReason) {
        self =
            switch value {
            case .notPhysical: .notPhysical
            case .sellerOrder: .sellerOrder
            case .requestPending: .requestPending
            case .requestDeclined: .requestDeclined
            case .inShippingProcess: .inShippingProcess
            case .stopRequested: .stopRequested
            case .shipped: .shipped
            case .delivered: .delivered
            case .returning: .returning
            case .returned: .returned
            case .inInspection: .inInspection
            case .inRepair: .inRepair
            case .lost: .lost
            case .canceled: .canceled
            }
    }
}

extension AftersalesAPI.ShippingRejection {
    init(_ value: Aftersales.ShippingRejection) {
        self =
            switch value {
            case .canceled: .canceled
            case .stopRequested: .stopRequested
            case .alreadyInProcess: .alreadyInProcess
            case .alreadyShipped: .alreadyShipped
            case .notPhysical: .notPhysical
            case .unknownLine: .unknownLine
            case .quantityNotOpen: .quantityNotOpen
            case .notYours: .notYours
            }
    }
}

extension AftersalesAPI.EventOutcome {
    init(_ value: Aftersales.ShipmentEventOutcome) {
        self =
            switch value {
            case .applied: .applied
            case .ignored: .ignored
            case .incident: .incident
            }
    }
}
