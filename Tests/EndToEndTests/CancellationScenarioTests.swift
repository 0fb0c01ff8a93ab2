// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import TTRPC
import Testing

/// What a customer sees of cancellations, over the socket, to the cent.
@Suite struct CancellationScenarioTests {
    @Test func `canceling all before capture voids the authorization and charges nothing`()
        async throws
    {
        let stage = try await Stage()
        let desk = stage.desk()
        var basket = Basket()
        basket.add("lamp", 43_20, quantity: 2)
        basket.totals.grandTotal = basket.money(86_40)
        basket.pay(.card, 86_40, isCaptured: false)
        let order = try await desk.place(basket)
        #expect(order.paymentState == .authorized)

        let reply = try await desk.cancel(order, [("lamp", 2)])
        #expect(reply.orderState == .canceled)
        #expect(reply.refunded.isEmpty)
        #expect(reply.confirmation?.releases.map(\.voided) == [true])
        #expect(reply.confirmation?.releases.map { $0.amount?.minorUnits } == [86_40])
        let now = try await desk.current(order)
        #expect(now.count(.canceled) == 2)
        #expect(now.tenders.map(\.state) == [.voidQueued])
        #expect(try await desk.legs(order).isEmpty)
        let inbox = try await desk.inbox(order)
        #expect(inbox.map(\.kind) == [.cancelConfirmed])
        #expect(inbox.first?.text.contains("not charged") == true, "\(inbox)")
        #expect(try await desk.list(.canceled) == [basket.id])
        #expect(try await desk.list(.open).isEmpty)

        let voided = try await desk.payments.reportTender(
            ReportTenderRequest(
                requestID: RequestID.make(), onBehalfOf: customer,
                target: .tenderID(now.tenders.first?.tenderID ?? ""), report: .voided),
            options: .idempotent)
        #expect(voided.tender?.state == .voided)
        #expect(voided.paymentState == .voided)
        try await stage.stop()
        let posted =
            "SELECT count(*) FROM ledger WHERE phase = 'posted' AND to_account LIKE 'cash%'"
        #expect(try StoppedDatabase(stage.place).scalar(posted) == "0")
    }

    @Test func `canceling one of two keeps shipping, canceling the rest brings back the total`()
        async throws
    {
        let stage = try await Stage()
        let desk = stage.desk()
        var basket = Basket()
        basket.add("cup", 24_50, quantity: 2)
        basket.add("pot", 51_00)
        basket.totals = OrderTotals(
            orderDiscount: basket.money(10_00), shipping: basket.money(6_00),
            grandTotal: basket.money(96_00))
        basket.pay(.card, 96_00)
        let order = try await desk.place(basket)
        #expect(order.perUnit(\.discount) == [2_45, 2_45, 5_10])
        #expect(order.perUnit(\.total) == [22_05, 22_05, 45_90])

        let first = try await desk.cancel(order, [("cup", 1)])
        #expect(first.refunded == [.card: 22_05])
        #expect(first.confirmation?.shippingReturned?.minorUnits ?? 0 == 0)
        #expect(first.partiallyCanceled)
        #expect(try await desk.list(.canceled).isEmpty)

        let second = try await desk.cancel(order, [("cup", 1), ("pot", 1)])
        #expect(second.refunded == [.card: 22_05 + 45_90 + 6_00])
        #expect(second.confirmation?.shippingReturned?.minorUnits == 6_00)
        #expect(first.refundTotal + second.refundTotal == 96_00)
        #expect(second.orderState == .canceled)
        #expect(!second.partiallyCanceled)
        #expect(try await desk.list(.canceled) == [basket.id])
    }

    /// Three items at 20.00 off, with tax and shipping; the first has shipped.
    private func bundleWithOneShipped(_ desk: AftersalesClient) async throws -> Order {
        var basket = Basket()
        basket.add("1", 59_99, bundle: "set")
        basket.add("2", 39_99, bundle: "set")
        basket.add("3", 24_99, bundle: "set")
        basket.bundles = [
            OrderBundle(bundleID: "set", title: "Set of three", discount: basket.money(20_00))
        ]
        basket.totals = OrderTotals(
            orderTax: basket.money(8_40), shipping: basket.money(8_00),
            grandTotal: basket.money(121_37))
        basket.pay(.card, 121_37)
        let order = try await desk.place(basket)
        #expect(order.perUnit(\.discount) == [9_60, 6_40, 4_00])
        #expect(order.perUnit(\.tax) == [4_03, 2_69, 1_68])
        #expect(order.perUnit(\.total) == [54_42, 36_28, 22_67])
        let begun = try await desk.beginShipping(order, "1")
        #expect(begun.accepted == [UnitSpan(lineID: "1", firstUnit: 0, count: 1)])
        let shipped = try await desk.warehouse.reportShipmentEvents(
            ReportShipmentEventsRequest(
                requestID: RequestID.make(),
                events: [
                    ShipmentEventReport(
                        target: .shipmentID(begun.shipmentID), carrierEventID: "picked-up",
                        type: .pickedUp, occurredTime: order.placedTime)
                ]), options: .idempotent)
        #expect(shipped.results.map(\.outcome) == [.applied])
        return order
    }

    @Test func `one bundle item takes the rest along that has not shipped`() async throws {
        let stage = try await Stage()
        let desk = stage.desk()
        let order = try await bundleWithOneShipped(desk)
        let reply = try await desk.cancel(order, [("2", 1)], closure: true)
        #expect(reply.confirmation?.canceled.map(\.lineID) == ["2"])
        #expect(reply.confirmation?.alsoCanceledByBundle.map(\.lineID) == ["3"])
        #expect(reply.refunded == [.card: 58_95])
        #expect(reply.refundTotal == 36_28 + 22_67)
        let now = try await desk.current(order)
        #expect(now.units.map(\.state) == [.shipped, .canceled, .canceled])
        #expect(now.refundPending?.minorUnits == 58_95)
        let inbox = try await desk.inbox(order)
        #expect(inbox.map(\.text) == [reply.confirmation?.text])
    }

    @Test func `without consent to close the bundle nothing happens and the key stays free`()
        async throws
    {
        let stage = try await Stage()
        let desk = stage.desk()
        let order = try await bundleWithOneShipped(desk)
        let before = try await desk.current(order)
        var request = cancelRequest(order, [("2", 1)])
        let error = try await refusal { [request] in try await desk.orders.cancelItems(request) }
        #expect(error?.reason == "FAILED_PRECONDITION/BUNDLE_CLOSURE_REQUIRED")
        let items = try error?.list(BundleClosure.self)?.items
        #expect(items?.map(\.lineID) == ["2", "3"])
        #expect(items?.map(\.selected) == [1, 0])
        #expect(items?.map(\.canceling) == [1, 1])
        #expect(try await desk.current(order) == before)
        #expect(try await desk.inbox(order).isEmpty)

        request.acceptBundleClosure = true
        let reply = try await desk.orders.cancelItems(request)
        #expect(reply.refundTotal == 58_95)
        #expect(reply.version > before.version)
    }

    @Test func `of a bundle bought twice only the touched instance goes`() async throws {
        let stage = try await Stage()
        let desk = stage.desk()
        var basket = Basket()
        for instance in ["a", "b"] {
            basket.add(instance + "1", 30_00, bundle: instance)
            basket.add(instance + "2", 10_00, bundle: instance)
            basket.bundles.append(
                OrderBundle(bundleID: instance, title: "Pair", discount: basket.money(4_00)))
        }
        basket.totals.grandTotal = basket.money(72_00)
        basket.pay(.card, 72_00)
        let order = try await desk.place(basket)
        let reply = try await desk.cancel(order, [("a2", 1)], closure: true)
        #expect(reply.refundTotal == 36_00)
        let now = try await desk.current(order)
        #expect(now.units.map(\.lineID) == ["a1", "a2", "b1", "b2"])
        #expect(now.units.map(\.state) == [.canceled, .canceled, .open, .open])
        let options = try await desk.orders.getCancelOptions(
            GetCancelOptionsRequest(orderID: order.orderID, onBehalfOf: customer)
        ).options
        #expect(options.map(\.action) == [.none, .none, .cancelItems, .cancelItems])
    }

    @Test func `a digital line stands in the way, or stays when a part is enough`() async throws {
        let stage = try await Stage()
        let desk = stage.desk()
        var basket = Basket()
        basket.add("mug", 12_00, quantity: 2)
        basket.add("song", 1_29, kind: .digital)
        basket.totals.grandTotal = basket.money(25_29)
        basket.pay(.card, 25_29)
        let order = try await desk.place(basket)
        let all: [(String, Int64)] = [("mug", 2), ("song", 1)]
        let error = try await refusal { try await desk.cancel(order, all) }
        #expect(error?.reason == "FAILED_PRECONDITION/NOT_PHYSICAL")
        #expect(try error?.list(LineRefusals.self)?.lines.map(\.lineID) == ["song"])
        #expect(try await desk.current(order) == order)

        let reply = try await desk.cancel(order, all, partial: true)
        #expect(reply.refundTotal == 24_00)
        #expect(reply.confirmation?.skipped.map(\.lineID) == ["song"])
        #expect(reply.confirmation?.skipped.map(\.reason) == [.notPhysical])
        let now = try await desk.current(order)
        #expect(now.units.map(\.state) == [.canceled, .digital])
    }

    @Test func `another customer's order does not exist`() async throws {
        let stage = try await Stage()
        let desk = stage.desk()
        var basket = Basket()
        basket.add("mug", 12_00)
        basket.totals.grandTotal = basket.money(12_00)
        basket.pay(.card, 12_00)
        let order = try await desk.place(basket)
        var foreign = order
        foreign.customerID = "customer-2"
        let errors = [
            try await refusal { try await desk.current(foreign) },
            try await refusal { try await desk.cancel(foreign, [("mug", 1)]) },
            try await refusal {
                try await desk.orders.getCancelOptions(
                    GetCancelOptionsRequest(orderID: order.orderID, onBehalfOf: foreign.behalf))
            },
            try await refusal {
                try await desk.orders.previewCancel(
                    PreviewCancelRequest(
                        orderID: order.orderID, onBehalfOf: foreign.behalf,
                        selection: [LineSelection(lineID: "mug", quantity: 1)]))
            },
        ]
        #expect(errors.map { $0?.reason } == Array(repeating: "NOT_FOUND/ORDER", count: 4))
        var unknown = order
        unknown.orderID = "ord_zzzzz"
        let missing = try await refusal { try await desk.current(unknown) }
        #expect(missing?.reason == "NOT_FOUND/ORDER")
        #expect(try await desk.list(.all, of: foreign.behalf).isEmpty)
        #expect(try await desk.inbox(foreign).isEmpty)
        #expect(try await desk.current(order) == order)
    }
}
