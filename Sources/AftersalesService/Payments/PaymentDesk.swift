// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import AftersalesStore
import TTRPC

/// What happened to a tender outside.
struct PaymentDesk: PaymentServiceHandler {
    let desk: Desk

    func reportTender(
        _ request: ReportTenderRequest, _ call: ServerCall,
        _ reply: UnaryReply<ReportTenderResponse>
    ) {
        let actor = Actor(call, for: request.onBehalfOf)
        desk.mutate(request, call, reply) { () throws(RPCError) in
            let customer = try Scope.payer(request.onBehalfOf, roles: desk.roles(call))
            let target = try TenderTarget(request)
            let report = try ReportedStep(request)
            return { transaction in
                let (order, tender) = try target.find(in: transaction)
                guard customer.map({ $0 == order.customerID }) ?? true else {
                    throw Rejection.tenderNotFound
                }
                let decision = try order.reportTender(
                    tender, report: try report.judged(for: order, now: transaction.now),
                    context: try transaction.context(of: order))
                try transaction.save(decision.change, by: actor)
                let after = decision.change.after
                return ReportTenderResponse(
                    tender: AftersalesAPI.Tender(decision.tender, after.currency),
                    orderID: after.id.text,
                    paymentState: AftersalesAPI.PaymentState(after.paymentState),
                    refunds: decision.refunds.map {
                        AftersalesAPI.TenderRefund($0, after.currency)
                    },
                    version: decision.tender.version)
            }
        }
    }
}

/// Which tender a report is about.
private enum TenderTarget: Sendable {
    case id(TenderID)
    case external(order: String, tender: String)

    init(_ request: ReportTenderRequest) throws(RPCError) {
        switch request.target {
        case .tenderID(let id): self = .id(try Fields.id(id, "tender_id"))
        case .externalTender(let ids):
            self = .external(order: ids.externalOrderID, tender: ids.externalTenderID)
        case nil: throw Fields.required("tender_id")
        }
    }

    func find(in transaction: borrowing Transaction) throws -> (Aftersales.Order, TenderID) {
        switch self {
        case .id(let id):
            guard let order = try transaction.order(of: id) else {
                throw Rejection.tenderNotFound
            }
            return (order, id)
        case .external(let orderID, let tenderID):
            guard let order = try transaction.order(externalID: orderID),
                let tender = order.tenders.first(where: { $0.externalID == tenderID })
            else { throw Rejection.tenderNotFound }
            return (order, tender.id)
        }
    }
}

/// What is reported, before the order's currency is known.
private struct ReportedStep: Sendable {
    private let report: AftersalesAPI.TenderReport
    private let amount: Money?
    private let occurredAt: Instant?
    private let expectedVersion: Int64

    init(_ request: ReportTenderRequest) throws(RPCError) {
        report = request.report
        amount = request.amount
        occurredAt = try request.occurredTime.map { (time) throws(RPCError) in
            try Instant(time, field: "occurred_time")
        }
        expectedVersion = request.expectedVersion
    }

    func judged(
        for order: Aftersales.Order, now: Instant
    ) throws(RPCError) -> Aftersales.TenderReport {
        let event: TenderEvent
        switch report {
        case .authorized: event = .authorized(amount: try amount(in: order.currency))
        case .captured:
            event = .captured(amount: try amount(in: order.currency), isFinal: false)
        case .voided: event = .voided
        case .expired: event = .expired
        case .unspecified: throw Fields.required("report")
        case .unrecognized(let number): throw Fields.unknownEnum("report", number)
        }
        return Aftersales.TenderReport(
            event: event, occurredAt: occurredAt ?? now, expectedVersion: expectedVersion)
    }

    private func amount(in currency: Currency) throws(RPCError) -> Int64 {
        try Fields.requiredAmount(amount, "amount", currency: currency.code)
    }
}
