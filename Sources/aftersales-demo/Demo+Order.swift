// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient

extension Demo {
    /// The storefront hands the order over; the desk freezes what each unit cost.
    func placeBreakfastOrder() async throws -> Order {
        narrator.step("A customer orders")
        narrator.quote(
            "Discounted bundles allow customers to purchase multiple items or groups of items at "
                + "a discounted price.")
        narrator.say(
            "Two plain items, a breakfast set of three at 20.00 off, and a digital subscription; "
                + "paid by gift card and by card. The storefront calls ImportOrder.")
        let request = Goods.breakfast(placed: Goods.ago(seconds: 7_200))
        let reply = try await desk.orders.importOrder(request, options: .idempotent)
        guard let order = reply.order else { throw DemoError.emptyReply("ImportOrder") }
        narrator.show(Tables.lines(order))
        narrator.show(Tables.tenders(order))
        narrator.say(
            "The discount of the set is spread over its items by their price, to the cent, once "
                + "and for good: a refund is what was really paid, never more.")
        narrator.check(
            ["coffee-maker", "grinder", "frother"].map { total(of: $0, in: order) },
            is: [50_39, 33_59, 20_99], "the set cost 50.39 + 33.59 + 20.99 = 104.97")
        narrator.check(order.grandTotal?.minorUnits, is: 156_86, "the order comes to 156.86")
        narrator.check(order.state, is: .placed, "the order is PLACED")
        return order
    }

    /// The warehouse picks one item of the bundle and the carrier takes it.
    func shipCoffeeMaker(_ order: Order) async throws {
        narrator.step("One parcel leaves")
        narrator.quote(
            "You can cancel physical items or orders that haven’t entered the shipping process "
                + "yet."
        )
        narrator.say(
            "The warehouse asks before it picks (BeginShipping), and reports what the carrier says "
                + "(ReportShipmentEvents). Only the coffee maker goes out today, with a carrier "
                + "that brings no parcel back.")
        let begun = try await desk.warehouse.beginShipping(
            BeginShippingRequest(
                requestID: RequestID.make(), orderID: order.orderID,
                externalShipmentID: "PARCEL-1", carrier: "Demo Post",
                trackingNumber: "DP-1", recallSupported: false,
                units: [UnitSelection(lineID: "coffee-maker", quantity: 1)]),
            options: .idempotent)
        narrator.check(
            begun.accepted.map(\.lineID), is: ["coffee-maker"],
            "the desk lets the warehouse pick the coffee maker")
        let reported = try await desk.warehouse.reportShipmentEvents(
            ReportShipmentEventsRequest(
                requestID: RequestID.make(),
                events: [
                    ShipmentEventReport(
                        target: .shipmentID(begun.shipmentID), carrierEventID: "scan-1",
                        type: .pickedUp, occurredTime: Goods.ago(seconds: 0))
                ]),
            options: .idempotent)
        narrator.check(
            reported.results.map(\.outcome), is: [.applied], "the carrier has it: it is SHIPPED")
    }

    private func total(of lineID: String, in order: Order) -> Int64? {
        order.units.first { $0.lineID == lineID }?.unit?.total
    }
}
