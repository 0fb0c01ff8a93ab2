// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import AftersalesStore
import TTRPC

/// Refunds, leg by leg.
struct RefundDesk: RefundServiceHandler {
    let desk: Desk

    func getRefund(
        _ request: GetRefundRequest, _ call: ServerCall, _ reply: UnaryReply<GetRefundResponse>
    ) {
        desk.read(call, reply) { snapshot in
            let customer = try Scope.reader(request.onBehalfOf, roles: desk.roles(call))
            let id: RefundID = try Fields.id(request.refundID, "refund_id")
            guard let leg = try snapshot.refund(id), let order = try snapshot.order(leg.orderID),
                customer == nil || customer == order.customerID
            else { throw Rejection.refundNotFound }
            let obligation = try snapshot.obligation(leg.obligationID)
            return GetRefundResponse(
                refund: Refund(leg, of: order, obligation: obligation),
                units: obligation?.unitAmounts(in: order) ?? [])
        }
    }

    func listRefunds(
        _ request: ListRefundsRequest, _ call: ServerCall,
        _ reply: UnaryReply<ListRefundsResponse>
    ) {
        desk.read(call, reply) { snapshot in
            let query = try Self.query(request, roles: desk.roles(call), in: snapshot)
            let page = try Page(
                size: request.pageSize, token: request.pageToken, filter: request.filter)
            let keys = try page.keys(count: 1)
            let legs = try snapshot.refunds(
                query, after: keys.map { RefundID($0[0]) }, limit: page.limit)
            let (shown, next) = page.cut(legs) { [$0.id.value] }
            var orders: [OrderID: Aftersales.Order] = [:]
            var refunds: [Refund] = []
            for leg in shown {
                if orders[leg.orderID] == nil {
                    orders[leg.orderID] = try snapshot.order(leg.orderID)
                }
                guard let order = orders[leg.orderID] else { continue }
                refunds.append(
                    Refund(
                        leg, of: order, obligation: try snapshot.obligation(leg.obligationID)))
            }
            return ListRefundsResponse(refunds: refunds, nextPageToken: next)
        }
    }

    /// Support may name an order alone; its customer follows from it.
    private static func query(
        _ request: ListRefundsRequest, roles: RoleSet, in snapshot: borrowing Snapshot
    ) throws -> RefundQuery {
        let customer = try Scope.reader(request.onBehalfOf, roles: roles)
        var states: Set<Aftersales.RefundState> = []
        for (index, state) in request.states.enumerated() {
            states.insert(try state.domain("states[\(index)]"))
        }
        guard !request.orderID.isEmpty else {
            guard let customer else { throw Fields.required("on_behalf_of.customer_id") }
            return RefundQuery(customerID: customer, states: states)
        }
        let id: OrderID = try Fields.id(request.orderID, "order_id")
        let order = try snapshot.order(id, of: customer)
        return RefundQuery(customerID: order.customerID, orderID: id, states: states)
    }
}

extension Refund {
    fileprivate init(_ leg: RefundLeg, of order: Aftersales.Order, obligation: Obligation?) {
        let tender = order.tenders.first { $0.id == leg.tenderID }
        self.init(
            refundID: leg.id.text, version: leg.version,
            obligationID: leg.obligationID.text, orderID: leg.orderID.text,
            cause: obligation.map { RefundCause($0.cause) } ?? .unspecified,
            fault: obligation.map { AftersalesAPI.Fault($0.fault) } ?? .unspecified,
            kind: AftersalesAPI.RefundKind(leg.kind),
            state: AftersalesAPI.RefundState(leg.state), tenderID: leg.tenderID.text,
            tenderClass: tender.map { AftersalesAPI.TenderClass($0.tenderClass) } ?? .unspecified,
            institution: tender?.institution ?? "", brand: tender?.brand ?? "",
            last4: tender?.last4 ?? "", amount: Money(leg.amount, order.currency),
            bankRef: leg.kind == .online ? leg.id.text : "",
            createTime: Timestamp(leg.createdAt),
            settleTime: leg.state == .settled ? Timestamp(leg.createdAt) : nil)
    }
}

extension Obligation {
    /// The units it is for, with what it owes for them.
    fileprivate func unitAmounts(in order: Aftersales.Order) -> [AftersalesAPI.UnitAmount] {
        parts.compactMap { part in
            guard case .units(let line, let first, let count) = part.subject else { return nil }
            return AftersalesAPI.UnitAmount(
                lineID: order.lines[line].lineID, firstUnit: Int64(first), count: Int64(count),
                amount: Money(part.amount, order.currency))
        }
    }
}
