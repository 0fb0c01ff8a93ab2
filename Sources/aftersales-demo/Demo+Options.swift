// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import TTRPC

extension Demo {
    /// What stands beside the check boxes.
    func showOptions(_ order: Order) async throws {
        narrator.step("What can be canceled, and why the rest cannot")
        narrator.quote("Go to Your Orders and select the order you want to cancel.")
        let list = try await orders(.all)
        narrator.show(Tables.orders(list))
        narrator.check(
            list.map(\.externalOrderID), is: ["DEMO-1"], "Your Orders shows the order")

        narrator.quote(
            "If you do not see Cancel items besides the order you want to cancel, Amazon may have "
                + "already shipped it. Go to Your Orders and select Track package, and then Cancel "
                + "this delivery.")
        narrator.quote(
            "If this option is not available, refuse the package or return it using our Online "
                + "Returns Center.")
        let reply = try await desk.orders.getCancelOptions(
            GetCancelOptionsRequest(orderID: order.orderID, onBehalfOf: Goods.behalf),
            options: .idempotent)
        narrator.show(Tables.options(reply.options, of: order))
        let options = Dictionary(grouping: reply.options, by: \.lineID)
        for line in ["teapot", "cup", "grinder", "frother"] {
            narrator.check(
                options[line]?.map(\.action), is: [.cancelItems],
                "\(Tables.title(line, order)): Cancel items")
        }
        narrator.check(
            options["coffee-maker"]?.map(\.action), is: [.refuseOrReturn],
            "Coffee maker: it is with a carrier that brings nothing back, so refuse or return")
        narrator.check(
            options["coffee-maker"]?.map(\.reason), is: [.shipped],
            "Coffee maker: the reason given is SHIPPED")
        narrator.check(
            options["magazine"]?.map(\.action), is: [CancelAction.none],
            "Recipe magazine: nothing to be done here")
        narrator.check(
            options["magazine"]?.map(\.reason), is: [.notPhysical],
            "Recipe magazine: the reason given is NOT_PHYSICAL")
    }

    /// A subscription is never canceled here.
    func refuseSubscription(_ order: Order) async throws {
        narrator.step("A subscription is canceled elsewhere")
        narrator.quote(
            "This page does not include information about canceling Amazon Prime and other digital "
                + "subscriptions.")
        narrator.say("The storefront tries all the same.")
        let request = CancelItemsRequest(
            requestID: RequestID.make(), onBehalfOf: Goods.behalf, orderID: order.orderID,
            selection: [LineSelection(lineID: "magazine", quantity: 1)], reason: .changedMind)
        let error = await refusal(of: request)
        narrator.check(
            reason(error), is: "FAILED_PRECONDITION/NOT_PHYSICAL",
            "the call is refused: FAILED_PRECONDITION/NOT_PHYSICAL")
    }

    /// The customer's orders in one view.
    func orders(_ view: OrderView) async throws -> [OrderSummary] {
        try await desk.orders.listOrders(
            ListOrdersRequest(onBehalfOf: Goods.behalf, view: view), options: .idempotent
        ).orders
    }

    /// The error that a cancellation ends with; nil when it does not.
    func refusal(of request: CancelItemsRequest) async -> RPCError? {
        do {
            _ = try await desk.orders.cancelItems(request, options: .idempotent)
            return nil
        } catch {
            return error
        }
    }

    /// Code and reason of an error: FAILED_PRECONDITION/NOT_PHYSICAL.
    func reason(_ error: RPCError?) -> String {
        guard let error else { return "no error" }
        let info = error.detail(ErrorInfo.self)
        return "\(error.code)/\(info?.reason ?? error.message)"
    }
}
