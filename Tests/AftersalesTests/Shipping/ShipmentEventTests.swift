// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `A carrier event` {
    private func desk(_ count: Int = 1) throws -> Desk {
        var desk = try Desk(.order([.plain("a", 2, 10_00)], [.card(20_00)]))
        try desk.begin("p", [UnitSelection(lineID: "a", quantity: count)])
        return desk
    }

    @Test func `ships, then delivers`() throws {
        var desk = try desk(2)
        let decision = try desk.report("p", [.at(5, .pickedUp), .at(9, .delivered)])
        #expect(decision.outcomes == [.applied, .applied])
        #expect(decision.shipment.state == .delivered)
        #expect(desk.state("a") == [.delivered, .delivered])
        #expect(desk.order.runs[0].deliveredAt == Instant(microseconds: 9_000_000))
        #expect(desk.order.state == .delivered)
        #expect(rejection { _ = try desk.preview([("a", 1)]) } == .alreadyShipped(lines: ["a"]))
    }

    @Test func `is ignored when repeated, and nothing is written`() throws {
        var desk = try desk()
        try desk.report("p", [.at(5, .pickedUp)])
        let decision = try desk.report("p", [.at(5, .pickedUp)])
        #expect(decision.outcomes == [.ignored])
        #expect(decision.change == nil)
    }

    @Test func `is stored and not applied when it is older than the state`() throws {
        var desk = try desk()
        try desk.report("p", [.at(5, .pickedUp)])
        let decision = try desk.report("p", [.at(4, .delivered)])
        #expect(decision.outcomes == [.ignored])
        #expect(decision.change?.events.count == 1)
        #expect(desk.state("a") == [.shipped, .open])
    }

    @Test func `implies a pick-up that is still missing`() throws {
        var desk = try desk()
        let decision = try desk.report("p", [.at(9, .delivered), .at(5, .pickedUp)])
        #expect(decision.outcomes == [.applied, .ignored])
        #expect(desk.state("a") == [.delivered, .open])
    }

    @Test func `may name the units it is about`() throws {
        var desk = try desk(2)
        let unit = UnitSelection(lineID: "a", quantity: 1, firstUnit: 1)
        try desk.report("p", [.at(5, .pickedUp, units: [unit])])
        #expect(desk.state("a") == [.inProcess, .shipped])
        let stray = UnitSelection(lineID: "a", quantity: 1, firstUnit: 2)
        #expect(
            rejection { _ = try desk.report("p", [.at(6, .delivered, units: [stray])]) }
                == .unknownLine(field: "events[0].units", lineID: "a"))
        #expect(
            rejection { _ = try desk.report("p", [.at(6, .delivered, units: [unit, unit])]) }
                == .duplicateLine(field: "events[0].units", lineID: "a"))
    }

    @Test func `about canceled goods is an incident and leaves the refund alone`() throws {
        var desk = try desk(1)
        try desk.cancel([("a", 1)])
        let stray = UnitSelection(lineID: "a", quantity: 1, firstUnit: 1)
        let decision = try desk.report("p", [.at(5, .pickedUp, units: [stray])])
        #expect(decision.outcomes == [.incident])
        #expect(desk.state("a") == [.inProcess, .canceled])
        #expect(desk.legs.map(\.amount) == [10_00])
        let recall = try #require(desk.tasks.values.first)
        #expect(recall.kind == .recall && recall.first == 1)
    }

    @Test func `is for a shipment of this order, and not too many at once`() throws {
        var desk = try desk()
        var foreign = try #require(desk.shipments.values.first)
        foreign.orderID = OrderID(99)
        #expect(
            rejection {
                _ = try desk.order.applyShipmentEvents(
                    [.at(1, .pickedUp)], to: foreign, seen: [], tasks: [], context: desk.context)
            } == .unknownShipment)
        let many = (0...100).map { ShipmentReport.at(Int64($0), .pickedUp) }
        #expect(
            rejection { _ = try desk.report("p", many) }
                == .tooMany(field: "events", countMax: 100))
        #expect(try desk.report("p", Array(many.dropLast())).outcomes.count == 100)
    }
}
