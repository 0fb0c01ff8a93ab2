// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import AftersalesStore
import TTRPC

/// Your Orders: import, look, cancel.
///
/// Only packs and unpacks; the domain decides.
struct OrderDesk: OrderServiceHandler {
    let desk: Desk

    func importOrder(
        _ request: ImportOrderRequest, _ call: ServerCall,
        _ reply: UnaryReply<ImportOrderResponse>
    ) {
        let actor = Actor(call)
        desk.mutate(request, call, reply) { () throws(RPCError) in
            let intake = try OrderIntake(request)
            return { transaction in
                let context = DecisionContext(
                    now: transaction.now, policy: try transaction.currentPolicy(),
                    nextSequence: try transaction.nextSequence())
                let change = try Aftersales.Order.imported(intake, context: context)
                if let known = try transaction.order(externalID: intake.externalID) {
                    guard known.wasImported(as: intake, context: context) else {
                        throw Rejection.orderExists(known.id)
                    }
                    return ImportOrderResponse(
                        order: AftersalesAPI.Order(known), alreadyImported: true,
                        version: known.version)
                }
                try transaction.save(change, by: actor)
                return ImportOrderResponse(
                    order: AftersalesAPI.Order(change.after), version: change.after.version)
            }
        }
    }

    func getOrder(
        _ request: GetOrderRequest, _ call: ServerCall, _ reply: UnaryReply<GetOrderResponse>
    ) {
        desk.read(call, reply) { snapshot in
            let customer = try Scope.reader(request.onBehalfOf, roles: desk.roles(call))
            let id: OrderID = try Fields.id(request.orderID, "order_id")
            let order = try snapshot.order(id, of: customer)
            return GetOrderResponse(order: AftersalesAPI.Order(order))
        }
    }

    func listOrders(
        _ request: ListOrdersRequest, _ call: ServerCall,
        _ reply: UnaryReply<ListOrdersResponse>
    ) {
        desk.read(call, reply) { snapshot in
            let customer = try Scope.customer(request.onBehalfOf)
            let page = try Page(
                size: request.pageSize, token: request.pageToken, filter: request.filter)
            let keys = try page.keys(count: 2)
            let orders = try snapshot.orders(
                of: customer, in: try request.view.list("view"),
                after: keys.map {
                    OrderKey(placedAt: Instant(microseconds: $0[0]), id: OrderID($0[1]))
                },
                limit: page.limit)
            let (shown, next) = page.cut(orders) { [$0.placedAt.microseconds, $0.id.value] }
            return ListOrdersResponse(
                orders: shown.map { OrderSummary($0) }, nextPageToken: next)
        }
    }

    func getCancelOptions(
        _ request: GetCancelOptionsRequest, _ call: ServerCall,
        _ reply: UnaryReply<GetCancelOptionsResponse>
    ) {
        desk.read(call, reply) { snapshot in
            let customer = try Scope.reader(request.onBehalfOf, roles: desk.roles(call))
            let id: OrderID = try Fields.id(request.orderID, "order_id")
            let order = try snapshot.order(id, of: customer)
            return GetCancelOptionsResponse(
                options: order.cancelOptions().map { AftersalesAPI.CancelOption($0, of: order) },
                version: order.version)
        }
    }

    func previewCancel(
        _ request: PreviewCancelRequest, _ call: ServerCall,
        _ reply: UnaryReply<PreviewCancelResponse>
    ) {
        desk.read(call, reply) { snapshot in
            let customer = try Scope.reader(request.onBehalfOf, roles: desk.roles(call))
            let id: OrderID = try Fields.id(request.orderID, "order_id")
            let command = CancelItems(
                selection: Selection(request.selection),
                acceptBundleClosure: request.acceptBundleClosure,
                allowPartial: request.allowPartial)
            let order = try snapshot.order(id, of: customer)
            // Nothing of a preview is kept, so its numbers and its time mean nothing.
            let context = DecisionContext(
                now: order.importedAt, policy: try snapshot.policy(of: order), nextSequence: 1)
            let preview = try order.previewCancel(command, context: context)
            return PreviewCancelResponse(preview, order.currency)
        }
    }

    func cancelItems(
        _ request: CancelItemsRequest, _ call: ServerCall,
        _ reply: UnaryReply<CancelItemsResponse>
    ) {
        let actor = Actor(call, for: request.onBehalfOf)
        desk.mutate(request, call, reply) { () throws(RPCError) in
            let customer = try Scope.customer(request.onBehalfOf)
            let id: OrderID = try Fields.id(request.orderID, "order_id")
            let command = CancelItems(
                selection: Selection(request.selection),
                reason: try request.reason.customers("reason"),
                acceptBundleClosure: request.acceptBundleClosure,
                allowPartial: request.allowPartial, expectedVersion: request.expectedVersion)
            return { transaction in
                let order = try transaction.order(id, of: customer)
                let decision = try order.cancel(
                    command, context: try transaction.context(of: order))
                try transaction.save(decision.change, by: actor)
                let after = decision.change.after
                return CancelItemsResponse(
                    confirmation: CancelConfirmation(decision.confirmation, after.currency),
                    orderID: after.id.text, orderState: AftersalesAPI.OrderState(after.state),
                    partiallyCanceled: after.isPartiallyCanceled, version: after.version)
            }
        }
    }
}
