// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesService
import TTRPC
import Testing

/// Everything the warehouse's calls are refused for.
@Suite struct WarehouseRefusalTests {
    private static func order(
        on desk: TestDesk, _ external: String = "ext-1"
    ) async throws -> Order {
        try await desk.client().imported(
            .order(
                external,
                lines: [
                    .line("a", 1_000, quantity: 3), .line("b", 500, bundle: "b1"),
                    .line("c", 500, bundle: "b1"),
                ], bundles: [OrderBundle(bundleID: "b1", discount: .eur(60))]))
    }

    static let shipping: [RefusalCase<BeginShippingRequest>] = [
        .init(
            "no key", .invalidArgument, "REQUEST_ID", metadata: ["field": "request_id"],
            field: "request_id"
        ) { $0.requestID = "x" },
        .init("no order", .invalidArgument, "FIELD_REQUIRED", field: "order_id") {
            $0.orderID = ""
        },
        .init("an order that is not there", .notFound, "ORDER") { $0.orderID = "ord_zzz" },
        .init(
            "no shipment", .invalidArgument, "FIELD_REQUIRED",
            field: "external_shipment_id"
        ) { $0.externalShipmentID = "" },
        .init(
            "a carrier of 65 bytes", .invalidArgument, "TOO_LONG",
            metadata: ["bytes_max": "64"], field: "carrier"
        ) { $0.carrier = String(repeating: "c", count: 65) },
        .init(
            "2,001 selections", .invalidArgument, "TOO_MANY", metadata: ["count_max": "2000"],
            field: "units"
        ) { $0.units = Array(repeating: $0.units[0], count: 2_001) },
        .init(
            "a quantity of 0", .invalidArgument, "QUANTITY",
            metadata: ["quantity_max": "1000000"], field: "units[0].quantity"
        ) { $0.units[0].quantity = 0 },
        .init(
            "a version that has passed", .aborted, "VERSION",
            metadata: ["expected": "9", "actual": "1"]
        ) { $0.expectedVersion = 9 },
        .init("a seller who sells nothing here", .notFound, "ORDER") {
            $0.onBehalfOf = .seller("sel-9")
        },
        .init(
            "a seller without a name", .invalidArgument, "FIELD_REQUIRED",
            field: "on_behalf_of.seller_id"
        ) { $0.onBehalfOf = .seller("") },
        .init(
            "a customer instead of a seller", .invalidArgument, "FIELD_REQUIRED",
            field: "on_behalf_of.seller_id"
        ) { $0.onBehalfOf = .customer("cus-1") },
    ]

    @Test(arguments: shipping)
    func `beginning to ship is refused for what is wrong, and then taken with the same key`(
        _ refused: RefusalCase<BeginShippingRequest>
    ) async throws {
        let desk = try TestDesk()
        let order = try await Self.order(on: desk)
        let warehouse = desk.client(.warehouse).warehouse
        let request = BeginShippingRequest(
            requestID: newKey(), orderID: order.orderID, externalShipmentID: "shp-1",
            carrier: "DHL", units: [UnitSelection(lineID: "a", quantity: 1)])
        try await refused.check(request, on: desk) { (request) async throws(RPCError) in
            try await warehouse.beginShipping(request)
        }
    }

    static let reports: [RefusalCase<ReportShipmentEventsRequest>] = [
        .init("no events", .invalidArgument, "FIELD_REQUIRED", field: "events") {
            $0.events = []
        },
        .init(
            "101 events", .invalidArgument, "TOO_MANY", metadata: ["count_max": "100"],
            field: "events"
        ) { request in
            request.events = (0...100).map { .report("shp-1", "e\($0)", .pickedUp, at: 1) }
        },
        .init("no shipment", .invalidArgument, "FIELD_REQUIRED", field: "events[1].target") {
            $0.events[1].target = nil
        },
        .init(
            "an unknown shipment", .invalidArgument, "UNKNOWN_SHIPMENT",
            field: "events[1].target"
        ) { $0.events[1].target = .externalShipmentID("shp-9") },
        .init(
            "a malformed shipment", .invalidArgument, "MALFORMED_ID",
            metadata: ["prefix": "shp"], field: "events[0].shipment_id"
        ) { $0.events[0].target = .shipmentID("ord_1") },
        .init("no type", .invalidArgument, "FIELD_REQUIRED", field: "events[0].type") {
            $0.events[0].type = .unspecified
        },
        .init(
            "an unknown type", .invalidArgument, "UNKNOWN_ENUM",
            metadata: ["field": "events[0].type", "number": "50"], field: "events[0].type"
        ) { $0.events[0].type = .unrecognized(50) },
        .init(
            "a type that is not served yet", .unimplemented, "EVENT_TYPE_NOT_SERVED",
            field: "events[0].type"
        ) { $0.events[0].type = .lost },
        .init("no time", .invalidArgument, "FIELD_REQUIRED", field: "events[1].occurred_time") {
            $0.events[1].occurredTime = nil
        },
        .init(
            "no carrier event id", .invalidArgument, "FIELD_REQUIRED",
            field: "events[1].carrier_event_id"
        ) { $0.events[1].carrierEventID = "" },
        .init(
            "a carrier event id of 65 bytes", .invalidArgument, "TOO_LONG",
            metadata: ["bytes_max": "64"], field: "events[1].carrier_event_id"
        ) { $0.events[1].carrierEventID = String(repeating: "e", count: 65) },
        .init(
            "units of no line", .invalidArgument, "UNKNOWN_LINE",
            metadata: ["line_id": "nope"], field: "events[1].units"
        ) { $0.events[1].units = [UnitSelection(lineID: "nope", quantity: 1)] },
        .init(
            "units that are not in the shipment", .invalidArgument, "UNKNOWN_LINE",
            metadata: ["line_id": "a"], field: "events[1].units"
        ) { $0.events[1].units = [UnitSelection(lineID: "a", quantity: 3)] },
        .init(
            "a quantity of 0", .invalidArgument, "QUANTITY",
            metadata: ["quantity_max": "1000000"], field: "events[1].units.quantity"
        ) { $0.events[1].units = [UnitSelection(lineID: "a", quantity: 0)] },
        .init(
            "units named twice", .invalidArgument, "DUPLICATE_LINE",
            metadata: ["line_id": "a"], field: "events[1].units"
        ) {
            $0.events[1].units = [
                UnitSelection(lineID: "a", quantity: 1), UnitSelection(lineID: "a", quantity: 1),
            ]
        },
    ]

    @Test(arguments: reports)
    func `a batch of carrier events is refused whole and names the event by its place`(
        _ refused: RefusalCase<ReportShipmentEventsRequest>
    ) async throws {
        let desk = try TestDesk()
        let first = try await Self.order(on: desk)
        let second = try await Self.order(on: desk, "ext-2")
        let client = desk.client(.warehouse)
        try await client.ship(first, "a", as: "shp-1", events: [])
        try await client.ship(second, "a", as: "shp-2", events: [])
        // The second event is the first of its own shipment: places are those of the request.
        let request = ReportShipmentEventsRequest(
            requestID: newKey(),
            events: [
                .report("shp-1", "e1", .pickedUp, at: 1_700_000_100),
                .report("shp-2", "e1", .pickedUp, at: 1_700_000_100),
            ])
        try await refused.check(request, on: desk) { (request) async throws(RPCError) in
            try await client.warehouse.reportShipmentEvents(request)
        }
    }

    static let leases: [RefusalCase<LeaseWarehouseTasksRequest>] = [
        .init(
            "101 tasks", .invalidArgument, "TOO_MANY", metadata: ["count_max": "100"],
            field: "max_tasks"
        ) { $0.maxTasks = 101 },
        .init(
            "tasks below zero", .invalidArgument, "TOO_MANY", metadata: ["count_max": "100"],
            field: "max_tasks"
        ) { $0.maxTasks = -1 },
        .init(
            "a lease of 4 seconds", .invalidArgument, "LEASE_LENGTH",
            field: "lease_seconds"
        ) { $0.leaseSeconds = 4 },
        .init(
            "a lease of 901 seconds", .invalidArgument, "LEASE_LENGTH",
            field: "lease_seconds"
        ) { $0.leaseSeconds = 901 },
        .init("no kind", .invalidArgument, "FIELD_REQUIRED", field: "kinds[0]") {
            $0.kinds = [.unspecified]
        },
        .init(
            "an unknown kind", .invalidArgument, "UNKNOWN_ENUM",
            metadata: ["field": "kinds[1]", "number": "12"], field: "kinds[1]"
        ) { $0.kinds = [.stop, .unrecognized(12)] },
    ]

    @Test(arguments: leases)
    func `a lease is refused for what is wrong, and then given with the same key`(
        _ refused: RefusalCase<LeaseWarehouseTasksRequest>
    ) async throws {
        let desk = try TestDesk()
        let warehouse = desk.client(.warehouse).warehouse
        try await refused.check(
            LeaseWarehouseTasksRequest(requestID: newKey(), kinds: [.stop]), on: desk
        ) { (request) async throws(RPCError) in try await warehouse.leaseTasks(request) }
    }

    static let acks: [RefusalCase<AckTaskRequest>] = [
        .init("no task", .invalidArgument, "FIELD_REQUIRED", field: "task_id") {
            $0.taskID = ""
        },
        .init("a task that is not there", .notFound, "TASK") { $0.taskID = "tsk_zzz" },
        .init("no token", .aborted, "LEASE_LOST") { $0.leaseToken = "" },
        .init("a token that was made up", .aborted, "LEASE_LOST") {
            $0.leaseToken = "0000000000000001"
        },
        .init("no outcome", .invalidArgument, "FIELD_REQUIRED", field: "outcome") {
            $0.outcome = .unspecified
        },
        .init(
            "an unknown outcome", .invalidArgument, "UNKNOWN_ENUM",
            metadata: ["field": "outcome", "number": "9"], field: "outcome"
        ) { $0.outcome = .unrecognized(9) },
        .init(
            "an outcome of another kind of task", .invalidArgument, "OUTCOME",
            field: "outcome"
        ) { $0.outcome = .outOfStock },
        .init(
            "an exception without units", .invalidArgument, "FIELD_REQUIRED",
            field: "unit_outcomes[0].units"
        ) { $0.unitOutcomes = [TaskUnitOutcome(outcome: .done)] },
        .init(
            "units outside of the task", .invalidArgument, "UNKNOWN_LINE",
            metadata: ["line_id": "c"], field: "unit_outcomes"
        ) {
            $0.unitOutcomes = [
                TaskUnitOutcome(
                    units: UnitSpan(lineID: "a", firstUnit: 0, count: 1), outcome: .done)
            ]
        },
    ]

    @Test(arguments: acks)
    func `an acknowledgement is refused for what is wrong, and then taken with the same key`(
        _ refused: RefusalCase<AckTaskRequest>
    ) async throws {
        let desk = try TestDesk()
        let order = try await Self.order(on: desk)
        let client = desk.client()
        try await client.ship(order, "c", as: "shp-1", events: [])
        try await client.cancel(order, [("b", 1)], closure: true)
        let leased = try await client.warehouse.leaseTasks(
            LeaseWarehouseTasksRequest(requestID: newKey(), kinds: [.stop]))
        let task = try #require(leased.tasks.first)
        let warehouse = desk.client(.warehouse).warehouse
        let request = AckTaskRequest(
            requestID: newKey(), taskID: task.taskID, leaseToken: task.leaseToken, outcome: .done)
        try await refused.check(request, on: desk) { (request) async throws(RPCError) in
            try await warehouse.ackTask(request)
        }
    }

    @Test func `an external shipment id belongs to one order and carrier`() async throws {
        let desk = try TestDesk()
        let first = try await Self.order(on: desk)
        let second = try await Self.order(on: desk, "ext-2")
        let client = desk.client(.warehouse)
        let shipment = try await client.ship(first, "a", as: "shp-1", events: [])
        let error = try #require(
            await refusal { () async throws(RPCError) in
                try await client.warehouse.beginShipping(
                    BeginShippingRequest(
                        requestID: newKey(), orderID: second.orderID, externalShipmentID: "shp-1",
                        units: [UnitSelection(lineID: "a", quantity: 1)]))
            })
        #expect(Refusal(error).code == .alreadyExists)
        #expect(Refusal(error).reason == "SHIPMENT")
        #expect(Refusal(error).metadata == ["shipment_id": shipment])
    }

    @Test func `nothing is added to a shipment that is with the carrier`() async throws {
        let desk = try TestDesk()
        let order = try await Self.order(on: desk)
        let client = desk.client(.warehouse)
        try await client.ship(order, "a", as: "shp-1")
        let error = try #require(
            await refusal { () async throws(RPCError) in
                try await client.warehouse.beginShipping(
                    BeginShippingRequest(
                        requestID: newKey(), orderID: order.orderID, externalShipmentID: "shp-1",
                        units: [UnitSelection(lineID: "a", quantity: 1)]))
            })
        #expect(Refusal(error).code == .failedPrecondition)
        #expect(Refusal(error).reason == "INVALID_TRANSITION")
        #expect(
            Refusal(error).metadata == ["from": "IN_TRANSIT", "event": "BEGIN_SHIPPING"])
    }
}
