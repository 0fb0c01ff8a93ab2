// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `Begin shipping` {
    private func desk() throws -> Desk {
        try Desk(
            .order(
                [
                    .plain("a", 4, 10_00), .plain("d", 1, 10_00, kind: .digital),
                    .plain("s", 1, 10_00, seller: "seller"),
                ], [.card(60_00)]))
    }

    @Test func `wins over a later cancellation`() throws {
        var desk = try Desk(.order([.plain("a", 1, 10_00)], [.card(10_00)]))
        try desk.begin("p", [UnitSelection(lineID: "a", quantity: 1)])
        #expect(rejection { _ = try desk.preview([("a", 1)]) } == .inShippingProcess(lines: ["a"]))
        #expect(desk.order.cancelOptions().map(\.action) == [.refuseOrReturn])
    }

    @Test func `loses to an earlier cancellation`() throws {
        var desk = try Desk(.order([.plain("a", 1, 10_00)], [.card(10_00)]))
        try desk.cancel([("a", 1)])
        let decision = try desk.begin("p", [UnitSelection(lineID: "a", quantity: 1)])
        #expect(decision.accepted.isEmpty && decision.change == nil && decision.shipment == nil)
        #expect(
            decision.rejected
                == [RejectedUnits(lineID: "a", first: 0, count: 1, reason: .canceled)])
        #expect(desk.shipments.isEmpty)
    }

    @Test func `takes what it can and names the rest`() throws {
        var desk = try desk()
        try desk.cancel([("a", 1)])
        let decision = try desk.begin(
            "p",
            [
                UnitSelection(lineID: "a", quantity: 6), UnitSelection(lineID: "d", quantity: 1),
                UnitSelection(lineID: "x", quantity: 2),
            ])
        #expect(decision.accepted.map(\.first) == [1] && decision.accepted.map(\.count) == [3])
        #expect(
            decision.rejected == [
                RejectedUnits(lineID: "a", first: 0, count: 1, reason: .canceled),
                RejectedUnits(lineID: "a", first: 0, count: 2, reason: .quantityNotOpen),
                RejectedUnits(lineID: "d", first: 4, count: 1, reason: .notPhysical),
                RejectedUnits(lineID: "x", first: 0, count: 2, reason: .unknownLine),
            ])
    }

    @Test func `takes named units, once`() throws {
        var desk = try desk()
        let decision = try desk.begin(
            "p",
            [
                UnitSelection(lineID: "a", quantity: 2, firstUnit: 1),
                UnitSelection(lineID: "a", quantity: 2, firstUnit: 2),
            ])
        #expect(desk.state("a") == [.open, .inProcess, .inProcess, .inProcess])
        #expect(decision.accepted.map(\.count) == [3])
        #expect(decision.rejected.map(\.reason) == [.alreadyInProcess])
        #expect(decision.rejected.map(\.first) == [2])
    }

    @Test func `of a seller takes its own units only`() throws {
        var desk = try desk()
        let command = BeginShipping(
            externalShipmentID: "p",
            units: [
                UnitSelection(lineID: "a", quantity: 1), UnitSelection(lineID: "s", quantity: 1),
            ], sellerID: "seller")
        let decision = try desk.order.beginShipping(
            command, existing: nil, context: desk.context)
        desk.save(try #require(decision.change))
        #expect(decision.rejected.map(\.reason) == [.notYours])
        #expect(desk.state("s") == [.inProcess])
    }

    @Test func `gives the shipment the number of its first event`() throws {
        var desk = try desk()
        let next = desk.context.nextSequence
        let decision = try desk.begin("p", [UnitSelection(lineID: "a", quantity: 1)])
        #expect(decision.shipment?.id == ShipmentID(next))
        #expect(decision.change?.events.count == 2)
        let again = try desk.begin("p", [UnitSelection(lineID: "a", quantity: 1)])
        #expect(again.shipment?.id == ShipmentID(next))
        #expect(again.change?.events.count == 1)
    }

    @Test func `is refused for a parcel on its way or of another order`() throws {
        var desk = try desk()
        try desk.ship("p", [UnitSelection(lineID: "a", quantity: 1)])
        #expect(
            rejection { _ = try desk.begin("p", [UnitSelection(lineID: "a", quantity: 1)]) }
                == .invalidTransition(from: "IN_TRANSIT", event: "BEGIN_SHIPPING"))
        let foreign = Shipment(
            id: ShipmentID(99), version: 1, orderID: OrderID(98), externalID: "p", carrier: "",
            state: .ready, occurredAt: desk.now)
        let command = BeginShipping(
            externalShipmentID: "p", units: [UnitSelection(lineID: "a", quantity: 1)])
        #expect(
            rejection {
                _ = try desk.order.beginShipping(command, existing: foreign, context: desk.context)
            } == .shipmentExists(ShipmentID(99)))
    }

    @Test func `is refused when its arguments are wrong`() throws {
        var desk = try desk()
        #expect(rejection { _ = try desk.begin("p", []) } == .emptySelection)
        #expect(
            rejection { _ = try desk.begin("p", [UnitSelection(lineID: "a", quantity: 0)]) }
                == .quantity(field: "units[0].quantity", quantityMax: 1_000_000))
        let many = Array(repeating: UnitSelection(lineID: "a", quantity: 1), count: 2_001)
        #expect(
            rejection { _ = try desk.begin("p", many) }
                == .tooMany(field: "units", countMax: 2_000))
        #expect(try desk.begin("p", Array(many.dropLast())).accepted.map(\.count) == [4])
    }
}
