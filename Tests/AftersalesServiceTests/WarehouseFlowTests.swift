// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesService
import ProtobufC
import TTRPC
import Testing

/// The warehouse's side of an order, through the service.
@Suite struct WarehouseFlowTests {
    @Test func `a part of what was asked for begins to ship, and the rest is named`() async throws {
        let desk = try TestDesk()
        let client = desk.client()
        let order = try await client.imported(
            .order(
                "o-1",
                lines: [.line("a", 100, quantity: 5), .line("song", 50, kind: .digital)]))
        try await client.cancel(order, [("a", 2)])
        let request = BeginShippingRequest(
            requestID: newKey(), orderID: order.orderID, externalShipmentID: "shp-1",
            carrier: "DHL",
            units: [
                UnitSelection(lineID: "a", quantity: 4), UnitSelection(lineID: "song", quantity: 1),
                UnitSelection(lineID: "nope", quantity: 1),
            ])
        let begun = try await desk.client(.warehouse).warehouse.beginShipping(request)
        #expect(begun.accepted == [UnitSpan(lineID: "a", firstUnit: 2, count: 3)])
        #expect(
            begun.rejected == [
                RejectedUnits(lineID: "a", firstUnit: 0, count: 1, reason: .canceled),
                RejectedUnits(lineID: "song", firstUnit: 5, count: 1, reason: .notPhysical),
                RejectedUnits(lineID: "nope", firstUnit: 0, count: 1, reason: .unknownLine),
            ])
        let now = try await client.fresh(order)
        #expect(begun.version == now.version)
        #expect(
            now.unitStates == [.canceled, .canceled, .inProcess, .inProcess, .inProcess, .digital])

        // Nothing left to pick is an answer, too, and no shipment.
        let again = try await desk.client(.warehouse).warehouse.beginShipping(
            BeginShippingRequest(
                requestID: newKey(), orderID: order.orderID, externalShipmentID: "shp-2",
                units: [UnitSelection(lineID: "a", quantity: 1)]))
        #expect(again.shipmentID.isEmpty)
        #expect(again.rejected.map(\.reason) == [.canceled])
        #expect(try await client.fresh(order) == now)
    }

    @Test func `one batch moves two shipments of one order`() async throws {
        let desk = try TestDesk()
        let client = desk.client(.warehouse)
        let order = try await desk.client().imported(
            .order("o-1", lines: [.line("a", 100, quantity: 2), .line("b", 100)]))
        let first = try await client.ship(order, "a", quantity: 2, as: "shp-1", events: [])
        let second = try await client.ship(order, "b", as: "shp-2", events: [])
        let reply = try await client.warehouse.reportShipmentEvents(
            ReportShipmentEventsRequest(
                requestID: newKey(),
                events: [
                    .report("shp-1", "e1", .pickedUp, at: 1_700_000_001),
                    .report("shp-2", "e1", .pickedUp, at: 1_700_000_002),
                    .report("shp-1", "e2", .delivered, at: 1_700_000_003),
                ]))
        #expect(reply.results.map(\.shipmentID) == [first, second, first])
        #expect(reply.results.map(\.outcome) == [.applied, .applied, .applied])
        #expect(reply.results.map(\.state) == [.delivered, .inTransit, .delivered])
        let now = try await desk.client().fresh(order)
        // Every result tells the order's version after the call.
        #expect(reply.results.map(\.orderVersion) == [now.version, now.version, now.version])
        #expect(now.unitStates == [.delivered, .delivered, .shipped])
        #expect(now.units.first?.deliveredTime == Timestamp(seconds: 1_700_000_003))
        #expect(try desk.verifiedHead() == Int64(try desk.log().count))
    }

    @Test func `repeated and late events are stored without effect`() async throws {
        let desk = try TestDesk()
        let client = desk.client(.warehouse)
        let order = try await desk.client().imported(.order("o-1", lines: [.line("a", 100)]))
        try await client.ship(order, "a", as: "shp-1", events: [])
        func report(
            _ id: String, _ type: ShipmentEventType, at seconds: Int64
        ) async throws -> EventOutcome? {
            try await client.warehouse.reportShipmentEvents(
                ReportShipmentEventsRequest(
                    requestID: newKey(), events: [.report("shp-1", id, type, at: seconds)])
            ).results.first?.outcome
        }
        #expect(try await report("e2", .outForDelivery, at: 1_700_000_020) == .applied)
        // Older than what is known, then a repeat under its own id, then a repeated one.
        #expect(try await report("e1", .pickedUp, at: 1_700_000_010) == .ignored)
        #expect(try await report("e1", .pickedUp, at: 1_700_000_010) == .ignored)
        #expect(try await report("e2", .delivered, at: 1_700_000_030) == .ignored)
        #expect(try await desk.client().fresh(order).unitStates == [.shipped])
        #expect(try await report("e3", .delivered, at: 1_700_000_040) == .applied)
        #expect(try await report("e4", .outForDelivery, at: 1_700_000_050) == .ignored)
        #expect(try await desk.client().fresh(order).unitStates == [.delivered])
    }

    @Test func `goods that ship although they are canceled are an incident`() async throws {
        let desk = try TestDesk()
        let client = desk.client()
        let order = try await client.imported(
            .order("o-1", lines: [.line("a", 100, quantity: 2)]))
        try await client.ship(order, "a", as: "shp-1", events: [])
        try await client.cancel(order, [("a", 1)])
        let before = try await client.fresh(order)
        #expect(before.unitStates == [.inProcess, .canceled])
        let result = try #require(
            try await desk.client(.warehouse).warehouse.reportShipmentEvents(
                ReportShipmentEventsRequest(
                    requestID: newKey(),
                    events: [
                        .report(
                            "shp-1", "e1", .pickedUp, at: 1_700_000_001,
                            units: [UnitSelection(lineID: "a", quantity: 2)])
                    ])
            ).results.first)
        #expect(result.outcome == .incident)
        let incident = try #require(try desk.incidents().first)
        #expect(result.incidentID == incident.id)
        #expect((incident.first, incident.count) == (1, 1))
        // The refund stands and a recall waits.
        let after = try await client.fresh(order)
        #expect(after.unitStates == [.shipped, .canceled])
        #expect(after.refundPending == before.refundPending)
        let tasks = try await desk.client(.warehouse).warehouse.leaseTasks(
            LeaseWarehouseTasksRequest(requestID: newKey(), kinds: [.recall])
        ).tasks
        #expect(tasks.map(\.units) == [[UnitSpan(lineID: "a", firstUnit: 1, count: 1)]])
        // The log names the incident.
        let event = try #require(try desk.log().first { $0.type == "shipment.incident" })
        let payload = try EventPayload.decode(event.payload.span).payload
        guard case .unitsMoved(let fact) = payload else {
            Issue.record("\(String(describing: payload))")
            return
        }
        #expect(fact.incidentID == incident.id)
        #expect(fact.taskID == tasks.first?.taskID)
    }

    /// A bundle whose second item is being picked when its first is canceled.
    private static func stopTask(_ desk: TestDesk) async throws -> (Order, String) {
        let client = desk.client()
        let order = try await client.imported(
            .order(
                "o-1",
                lines: [
                    .line("a", 1_000, bundle: "b"), .line("b", 500, quantity: 3, bundle: "b"),
                ], bundles: [OrderBundle(bundleID: "b", discount: .eur(250))], shipping: 100))
        try await client.ship(order, "b", quantity: 3, as: "shp-1", events: [])
        let canceled = try await client.cancel(order, [("a", 1)], closure: true)
        #expect(canceled.confirmation?.stopping.map(\.count) == [3])
        return (order, canceled.orderID)
    }

    private static func lease(
        _ desk: TestDesk, seconds: Int32 = 0
    ) async throws -> [WarehouseTask] {
        try await desk.client(.warehouse).warehouse.leaseTasks(
            LeaseWarehouseTasksRequest(
                requestID: newKey(), kinds: [.stop], leaseSeconds: seconds)
        ).tasks
    }

    @Test func `a stop task ends unit by unit as the warehouse says`() async throws {
        let desk = try TestDesk()
        let (order, _) = try await Self.stopTask(desk)
        let task = try #require(try await Self.lease(desk).first)
        #expect(task.kind == .stop)
        #expect(task.externalOrderID == "o-1")
        #expect(task.externalShipmentID == "shp-1")
        #expect(task.units == [UnitSpan(lineID: "b", firstUnit: 1, count: 3)])
        let reply = try await desk.client(.warehouse).warehouse.ackTask(
            AckTaskRequest(
                requestID: newKey(), taskID: task.taskID, leaseToken: task.leaseToken,
                outcome: .done,
                unitOutcomes: [
                    TaskUnitOutcome(
                        units: UnitSpan(lineID: "b", firstUnit: 2, count: 1), outcome: .tooLate),
                    TaskUnitOutcome(
                        units: UnitSpan(lineID: "b", firstUnit: 3, count: 1), outcome: .failed),
                ]))
        #expect(reply.canceled == [UnitSpan(lineID: "b", firstUnit: 1, count: 1)])
        #expect(reply.shipped == [UnitSpan(lineID: "b", firstUnit: 2, count: 1)])
        #expect(reply.returnedToProcess == [UnitSpan(lineID: "b", firstUnit: 3, count: 1)])
        #expect(reply.refunds.map(\.amount?.minorUnits) == [450])
        let now = try await desk.client().fresh(order)
        #expect(now.unitStates == [.canceled, .canceled, .shipped, .inProcess])
        #expect(reply.version == now.version)
        let messages = try await desk.client().messages.listMessages(
            ListMessagesRequest(onBehalfOf: .customer("cus-1")))
        #expect(messages.messages.map(\.kind) == [.stopResult, .cancelConfirmed])
        #expect(try await Self.lease(desk).isEmpty)

        let again = await refusal { () async throws(RPCError) in
            try await desk.client(.warehouse).warehouse.ackTask(
                AckTaskRequest(
                    requestID: newKey(), taskID: task.taskID, leaseToken: task.leaseToken,
                    outcome: .done))
        }
        #expect(again.map { Refusal($0).reason } == "INVALID_TRANSITION")
    }

    @Test func `a lease that ran out counts until the task is leased again`() async throws {
        let desk = try TestDesk()
        let (order, _) = try await Self.stopTask(desk)
        let first = try #require(try await Self.lease(desk, seconds: 5).first)
        #expect(try await Self.lease(desk).isEmpty)
        desk.wait(seconds: 4)
        #expect(try await Self.lease(desk).isEmpty)
        desk.wait(seconds: 1)
        let second = try #require(try await Self.lease(desk, seconds: 5).first)
        #expect(second.taskID == first.taskID)
        #expect(second.leaseToken != first.leaseToken)
        func ack(_ token: String) async -> String? {
            await refusal { () async throws(RPCError) in
                try await desk.client(.warehouse).warehouse.ackTask(
                    AckTaskRequest(
                        requestID: newKey(), taskID: first.taskID, leaseToken: token,
                        outcome: .done))
            }.map { Refusal($0).reason }
        }
        #expect(await ack(first.leaseToken) == "LEASE_LOST")
        desk.wait(seconds: 60)
        #expect(await ack(second.leaseToken) == nil)
        #expect(try await desk.client().fresh(order).state == .canceled)
    }

    @Test func `a stop that a carrier event overtook is taken as it is`() async throws {
        let desk = try TestDesk()
        let (order, _) = try await Self.stopTask(desk)
        let task = try #require(try await Self.lease(desk).first)
        let client = desk.client(.warehouse)
        _ = try await client.warehouse.reportShipmentEvents(
            ReportShipmentEventsRequest(
                requestID: newKey(), events: [.report("shp-1", "e1", .pickedUp, at: 1_700_000_001)])
        )
        let now = try await desk.client().fresh(order)
        #expect(now.unitStates == [.canceled, .shipped, .shipped, .shipped])
        let reply = try await client.warehouse.ackTask(
            AckTaskRequest(
                requestID: newKey(), taskID: task.taskID, leaseToken: task.leaseToken,
                outcome: .done))
        #expect(reply.canceled.isEmpty && reply.refunds.isEmpty)
        #expect(try await desk.client().fresh(order) == now)
    }
}
