// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `A cancellation is judged` {
    /// Four plain units, a seller's and a digital one.
    private func desk() throws -> Desk {
        try Desk(
            .order(
                [
                    .plain("a", 4, 10_00), .plain("s", 1, 10_00, seller: "seller"),
                    .plain("d", 1, 10_00, kind: .digital), .plain("b", 1, 10_00),
                ], [.card(70_00)]))
    }

    @Test func `by its arguments first`() throws {
        let desk = try desk()
        #expect(rejection { _ = try desk.preview([]) } == .emptySelection)
        #expect(
            rejection { _ = try desk.preview([("d", 1), ("x", 1)]) }
                == .unknownLine(field: "selection[1].line_id", lineID: "x"))
        #expect(
            rejection { _ = try desk.preview([("d", 1), ("d", 1)]) }
                == .duplicateLine(field: "selection[1].line_id", lineID: "d"))
        for quantity in [0, 1_000_001] {
            #expect(
                rejection { _ = try desk.preview([("d", quantity)]) }
                    == .quantity(field: "selection[0].quantity", quantityMax: 1_000_000))
        }
        var command = Desk.command([("x", 1)])
        command.expectedVersion = 9
        #expect(
            rejection { _ = try desk.order.cancel(command, context: desk.context) }?.kind
                == .invalidArgument)
    }

    @Test func `for more lines than a selection may hold`() throws {
        let desk = try desk()
        let items = (0...2_000).map { ("x\($0)", 1) }
        #expect(
            rejection { _ = try desk.preview(items) }
                == .tooMany(field: "selection", countMax: 2_000))
        #expect(
            rejection { _ = try desk.preview(Array(items.dropLast())) }?.reason == "UNKNOWN_LINE")
    }

    @Test func `as not physical, then as a seller's, line by line`() throws {
        let desk = try desk()
        #expect(
            rejection { _ = try desk.preview([("d", 1), ("s", 1)]) } == .notPhysical(lines: ["d"]))
        #expect(
            rejection { _ = try desk.preview([("s", 1), ("d", 1)]) }
                == .useRequestCancellation(lines: ["s"]))
    }

    @Test func `by the least advanced unit where none is open`() throws {
        var desk = try desk()
        try desk.cancel([("a", 2)])
        #expect(
            rejection { _ = try desk.preview([("a", 3)]) }
                == .quantityNotOpen([LineShortfall(lineID: "a", requested: 3, open: 2)]))
        try desk.begin("s", [UnitSelection(lineID: "a", quantity: 1)])
        try desk.report("s", [.at(1, .pickedUp)])
        try desk.begin("t", [UnitSelection(lineID: "a", quantity: 1)])
        #expect(desk.state("a") == [.canceled, .canceled, .shipped, .inProcess])
        #expect(rejection { _ = try desk.preview([("a", 1)]) } == .inShippingProcess(lines: ["a"]))
        try desk.report("t", [.at(2, .pickedUp)])
        #expect(rejection { _ = try desk.preview([("a", 1)]) } == .alreadyShipped(lines: ["a"]))
        try desk.cancel([("b", 1)])
        #expect(rejection { _ = try desk.preview([("b", 1)]) } == .alreadyCanceled(lines: ["b"]))
    }

    @Test func `line by line where a part is allowed`() throws {
        var desk = try desk()
        try desk.begin("t", [UnitSelection(lineID: "a", quantity: 3)])
        try desk.cancel([("b", 1)])
        let decision = try desk.cancel(
            [("a", 3), ("s", 1), ("d", 1), ("b", 1)], partial: true)
        #expect(decision.confirmation.outcome.canceled.map(\.count) == [1])
        #expect(
            decision.confirmation.outcome.skipped == [
                SkippedItem(lineID: "a", quantity: 2, open: 1, reason: .quantityNotOpen),
                SkippedItem(lineID: "s", quantity: 1, open: 1, reason: .useRequestCancellation),
                SkippedItem(lineID: "d", quantity: 1, open: 0, reason: .notPhysical),
                SkippedItem(lineID: "b", quantity: 1, open: 0, reason: .alreadyCanceled),
            ])
    }

    @Test func `and refused where a part is allowed and nothing can be done`() throws {
        var desk = try desk()
        #expect(
            rejection { _ = try desk.preview([("s", 1), ("d", 1)], partial: true) }
                == .useRequestCancellation(lines: ["s"]))
        try desk.begin("t", [UnitSelection(lineID: "b", quantity: 1)])
        #expect(
            rejection { _ = try desk.preview([("b", 1)], partial: true) }
                == .inShippingProcess(lines: ["b"]))
    }
}
