// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import ProtobufC
import TTRPC
import TerminalText

extension Demo {
    private var grinder: [LineSelection] { [LineSelection(lineID: "grinder", quantity: 1)] }

    /// What would happen, to the cent, before anything does.
    func preview(_ order: Order) async throws {
        narrator.step("The customer selects the coffee grinder")
        narrator.quote("Select the check box of the item that you want to remove from the order.")
        narrator.say("PreviewCancel reads only: it shows what would go, and what would come back.")
        let reply = try await desk.orders.previewCancel(
            PreviewCancelRequest(
                orderID: order.orderID, onBehalfOf: Goods.behalf, selection: grinder),
            options: .idempotent)
        narrator.show(
            Tables.units(reply.canceled, reply.alsoCanceledByBundle, of: order))
        narrator.show(Tables.refunds(reply.refunds))
        narrator.check(
            reply.alsoCanceledByBundle.map(\.lineID), is: ["frother"],
            "the milk frother would go with it")
        narrator.check(reply.bundleClosureRequired, "the customer has to accept that")
        narrator.check(reply.total?.minorUnits, is: 54_58, "54.58 would come back")
        try await checkUntouched(order)
    }

    /// The bundle is named before it is closed: the call without acceptance is refused.
    func refuseWithoutClosure(_ order: Order) async throws -> CancelItemsRequest {
        narrator.step("Only the grinder? Not from a bundle")
        narrator.quote(
            "You can not cancel items purchased as part of a discounted bundle individually.")
        narrator.say("CancelItems for the grinder alone, without accepting that the set closes.")
        let request = CancelItemsRequest(
            requestID: RequestID.make(), onBehalfOf: Goods.behalf, orderID: order.orderID,
            selection: grinder, reason: .changedMind)
        let error = await refusal(of: request)
        let closure = error.flatMap { Self.closure(in: $0) }
        var table = TextTable("would be canceled", .right("units"), .right("selected"))
        for item in closure?.items ?? [] {
            table.add(
                Tables.title(item.lineID, order), String(item.canceling), String(item.selected))
        }
        narrator.show(table)
        narrator.check(
            reason(error), is: "FAILED_PRECONDITION/BUNDLE_CLOSURE_REQUIRED",
            "the call is refused: FAILED_PRECONDITION/BUNDLE_CLOSURE_REQUIRED")
        narrator.check(
            closure?.items.map(\.lineID), is: ["grinder", "frother"],
            "the refusal lists the grinder and the frother")
        try await checkUntouched(order)
        return request
    }

    /// Accepted: what is left of the set goes, what has shipped stays.
    func cancelBundle(
        _ refused: CancelItemsRequest, _ order: Order
    ) async throws -> Confirmed {
        narrator.step("The customer accepts")
        narrator.quote(
            "If you cancel any item that is part of the bundle, all remaining bundle items that "
                + "haven’t shipped will be canceled.")
        narrator.say(
            "The same request, now with accept_bundle_closure. Its request_id is the same too: a "
                + "refused call has used nothing up.")
        var request = refused
        request.acceptBundleClosure = true
        let reply = try await desk.orders.cancelItems(request, options: .idempotent)
        let confirmed = Confirmed(request: request, reply: reply, bytes: stage.lastReply)
        let confirmation = confirmed.confirmation

        narrator.quote(
            "After submitting the cancellation, you’ll receive a confirmation message on the "
                + "screen.")
        narrator.say("The screen shows, with the code \(confirmation.code):")
        narrator.show(confirmation.text)
        narrator.show(
            Tables.units(confirmation.canceled, confirmation.alsoCanceledByBundle, of: order))
        narrator.check(
            confirmation.canceled.map(\.lineID), is: ["grinder"], "the grinder is canceled")
        narrator.check(
            confirmation.alsoCanceledByBundle.map(\.lineID), is: ["frother"],
            "the frother is canceled with it")
        let units = try await current(order).units
        narrator.check(
            units.first { $0.lineID == "coffee-maker" }?.state, is: .shipped,
            "the coffee maker, which has shipped, stays as it is")
        narrator.check(
            units.filter { $0.state == .open }.reduce(0) { $0 + $1.count }, is: 3,
            "the teapot and both cups are still on their way to the customer")
        return confirmed
    }

    /// Nothing that was only looked at or refused has changed the order or told the customer.
    private func checkUntouched(_ order: Order) async throws {
        let units = try await current(order).units
        let messages = try await messages()
        narrator.check(
            !units.contains { $0.state == .canceled } && messages.isEmpty,
            "nothing has changed: no unit canceled, no message sent")
    }

    private static func closure(in error: RPCError) -> BundleClosure? {
        let name = "type.googleapis.com/" + BundleClosure.protoName
        let bytes = error.details.first { $0.typeURL == name }?.value
        return bytes.flatMap { try? BundleClosure.decode($0.span) }
    }
}
