// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `What is derived` {
    private func order(_ states: [UnitState]) throws -> Order {
        var order = try Desk(.order([.plain("a", states.count, 1)], [.card(Int64(states.count))]))
            .order
        order.runs = states.enumerated().map { index, state in
            UnitRun(line: 0, first: index, count: 1, state: state, net: 1, tax: 0)
        }
        return order
    }

    @Test(
        arguments: [
            ([.open, .open], .placed), ([.open, .inProcess], .placed),
            ([.open, .canceled], .placed),
            ([.open, .digital], .placed), ([.stopRequested], .placed),
            ([.shipped, .open], .partiallyShipped), ([.delivered, .inProcess], .partiallyShipped),
            ([.shipped, .canceled], .shipped), ([.shipped, .delivered], .shipped),
            ([.delivered, .canceled], .delivered), ([.delivered, .digital], .delivered),
            ([.delivered, .inRepair], .delivered), ([.delivered, .lost], .delivered),
            ([.returning, .returned], .shipped), ([.canceled, .canceled], .canceled),
            ([.canceled, .returned], .closed), ([.lost], .closed), ([.digital], .closed),
            ([.canceled, .digital], .closed),
        ] as [([UnitState], OrderState)])
    func `state follows from the units`(states: [UnitState], expected: OrderState) throws {
        #expect(try order(states).state == expected)
    }

    @Test func `state is not closed while a refund is on its way`() throws {
        var order = try order([.canceled, .digital])
        order.tenders[0].refundPending = 1
        #expect(order.state == .placed)
    }

    @Test(arguments: UnitState.allCases)
    func `open view has what is on its way`(state: UnitState) throws {
        let open: Set<UnitState> = [.open, .inProcess, .stopRequested, .shipped, .returning]
        #expect(try order([state, .delivered]).isInOpenView == open.contains(state))
    }

    @Test func `canceled view has only what is canceled whole`() throws {
        #expect(try order([.canceled]).isInCanceledView)
        #expect(try !order([.canceled, .digital]).isInCanceledView)
        #expect(try order([.canceled, .digital]).isPartiallyCanceled)
        #expect(try !order([.canceled]).isPartiallyCanceled)
        #expect(try !order([.open]).isPartiallyCanceled)
    }

    @Test func `counters partition the quantity`() throws {
        let counters = try order([.open, .canceled, .canceled]).lineCounters[0]
        #expect(counters[.canceled] == 2 && counters[.open] == 1 && counters.total == 3)
    }

    @Test func `options give one action for every unit`() throws {
        var desk = try Desk(
            .order(
                [
                    .plain("a", 3, 10), .plain("s", 2, 10, seller: "seller"),
                    .plain("d", 1, 10, kind: .digital),
                ], [.card(60)]))
        try desk.ship("p", [UnitSelection(lineID: "a", quantity: 1)])
        try desk.begin("q", [UnitSelection(lineID: "a", quantity: 1)])
        try desk.begin("r", [UnitSelection(lineID: "s", quantity: 1)])
        let options = desk.order.cancelOptions()
        #expect(
            options.map(\.action) == [
                .refuseOrReturn, .refuseOrReturn, .cancelItems, .contactSeller,
                .requestCancellation, .none,
            ])
        #expect(
            options.map(\.reason) == [
                .shipped, .inShippingProcess, nil, .inShippingProcess, .sellerOrder, .notPhysical,
            ])
        #expect(options.map(\.count) == [1, 1, 1, 1, 1, 1])
        let shipment = try #require(desk.shipments.values.first { $0.externalID == "p" })
        #expect(desk.order.cancelOptions(recallable: [shipment.id])[0].action == .cancelDelivery)
        try desk.report("p", [.at(3, .delivered)])
        try desk.cancel([("a", 1)])
        let later = desk.order.cancelOptions()
        #expect(later[0].reason == .delivered && later[0].action == .refuseOrReturn)
        #expect(later[2].reason == .canceled && later[2].action == .none)
    }
}
