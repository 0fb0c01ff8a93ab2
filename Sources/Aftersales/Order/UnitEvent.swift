// SPDX-License-Identifier: Apache-2.0

/// What can happen to a unit.
public enum UnitEvent: String, Sendable, Hashable, CaseIterable {
    case cancel = "CANCEL"
    case beginShipping = "BEGIN_SHIPPING"
    case release = "RELEASE"
    case stopRequest = "STOP_REQUEST"
    case stopOK = "STOP_OK"
    case stopFailed = "STOP_FAILED"
    case ship = "SHIP"
    case deliver = "DELIVER"
    case refuse = "REFUSE"
    case recallOK = "RECALL_OK"
    case undeliverable = "UNDELIVERABLE"
    case lose = "LOSE"
    case receive = "RECEIVE"
    case returnReceived = "RETURN_RECEIVED"
    case formReceived = "FORM_RECEIVED"
    case accept = "ACCEPT"
    case sendBack = "SEND_BACK"
    case repairIn = "REPAIR_IN"
    case repairOut = "REPAIR_OUT"
    case scrap = "SCRAP"
}

extension UnitState {
    /// The one table of transitions; a pair that is not listed is `INVALID_TRANSITION`.
    public func after(_ event: UnitEvent) throws(Rejection) -> UnitState {
        switch (self, event) {
        case (.open, .cancel): .canceled
        case (.open, .beginShipping): .inProcess
        case (.inProcess, .ship): .shipped
        case (.inProcess, .stopRequest): .stopRequested
        case (.inProcess, .release): .open
        case (.stopRequested, .stopOK): .canceled
        case (.stopRequested, .release): .canceled
        case (.stopRequested, .stopFailed): .inProcess
        case (.stopRequested, .ship): .shipped
        case (.shipped, .deliver): .delivered
        case (.shipped, .refuse), (.shipped, .recallOK), (.shipped, .undeliverable): .returning
        case (.shipped, .lose): .lost
        case (.returning, .receive): .returned
        case (.returning, .deliver): .delivered
        case (.returning, .lose): .lost
        case (.delivered, .returnReceived): .returned
        case (.delivered, .formReceived): .inInspection
        case (.delivered, .repairIn): .inRepair
        case (.inInspection, .accept): .returned
        case (.inInspection, .repairIn): .inRepair
        case (.inInspection, .sendBack): .delivered
        case (.inRepair, .repairOut): .delivered
        case (.inRepair, .scrap): .returned
        default: throw .invalidTransition(from: name, event: event.rawValue)
        }
    }

    /// The stable name, as in the contract.
    public var name: String {
        switch self {
        case .open: "OPEN"
        case .inProcess: "IN_PROCESS"
        case .stopRequested: "STOP_REQUESTED"
        case .shipped: "SHIPPED"
        case .returning: "RETURNING"
        case .delivered: "DELIVERED"
        case .inInspection: "IN_INSPECTION"
        case .inRepair: "IN_REPAIR"
        case .returned: "RETURNED"
        case .lost: "LOST"
        case .canceled: "CANCELED"
        case .digital: "DIGITAL"
        }
    }

    /// Whether something is still to happen to the unit.
    var isLive: Bool {
        switch self {
        case .open, .inProcess, .stopRequested, .shipped, .returning, .delivered, .inInspection,
            .inRepair:
            true
        case .returned, .lost, .canceled, .digital: false
        }
    }
}
