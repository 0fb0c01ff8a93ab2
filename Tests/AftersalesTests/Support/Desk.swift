// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

/// One order with all its rows, saved as the store would, and checked after every save.
struct Desk {
    private(set) var order: Order
    private(set) var obligations: [Obligation] = []
    private(set) var legs: [RefundLeg] = []
    private(set) var tasks: [TaskID: WarehouseTask] = [:]
    private(set) var shipments: [ShipmentID: Shipment] = [:]
    private(set) var seen: [ShipmentID: Set<String>] = [:]
    private(set) var messages: [MessageDraft] = []
    private(set) var events: [DomainEvent] = []
    private(set) var versions: [Aggregate: Int64] = [:]
    var policy = Policy.initial(text: "policy")
    var now = Instant(microseconds: 1_000_000)
    /// Printed with every failure.
    var note = ""
    private var ids: Set<Int64> = []

    init(_ intake: OrderIntake, policy: Policy = .initial(text: "policy")) throws {
        self.policy = policy
        let context = DecisionContext(now: now, policy: policy, nextSequence: 1)
        let change = try Order.imported(intake, context: context)
        order = change.after
        save(change)
    }

    var context: DecisionContext {
        DecisionContext(now: now, policy: policy, nextSequence: Int64(events.count) + 1)
    }

    /// Takes a change over as the store does, and checks everything that always holds.
    mutating func save(_ change: OrderChange) {
        let isImport = change.before == nil
        #expect(isImport || change.before == order, "\(note)")
        check(change)
        order = change.after
        events += change.events
        if let obligation = change.obligation {
            #expect(!obligations.contains { $0.id == obligation.id }, "\(note)")
            obligations.append(obligation)
        }
        legs += change.legs
        for task in change.tasks { tasks[task.id] = task }
        for shipment in change.shipments {
            if shipments[shipment.id] == nil { seen[shipment.id] = [] }
            shipments[shipment.id] = shipment
        }
        for event in change.events {
            guard case .shipment(let id) = event.aggregate,
                case .shipmentEvent(_, let carrierEvent, _, _) = event.fact
            else { continue }
            seen[id, default: []].insert(carrierEvent)
        }
        messages += change.messages
        let broken = Invariants.check(order: order, obligations: obligations, legs: legs)
        #expect(broken.isEmpty, "\(broken) \(note)")
    }

    /// Versions count events one by one, ids are the events' numbers and never come twice.
    private mutating func check(_ change: OrderChange) {
        let first = Int64(events.count) + 1
        for event in change.events {
            let version = (versions[event.aggregate] ?? 0) + 1
            #expect(event.version == version, "\(event.aggregate) \(note)")
            versions[event.aggregate] = version
        }
        #expect(change.after.version == versions[.order(change.after.id)], "\(note)")
        for tender in change.after.tenders {
            #expect(tender.version == versions[.tender(tender.id)], "\(note)")
        }
        for shipment in change.shipments {
            #expect(shipment.version == versions[.shipment(shipment.id)], "\(note)")
        }
        var begun = change.legs.map(\.id.value)
        begun += change.tasks.map(\.id.value).filter { tasks[TaskID($0)] == nil }
        for id in begun {
            #expect(ids.insert(id).inserted, "id \(id) came twice \(note)")
            #expect((first..<first + Int64(change.events.count)).contains(id), "\(note)")
        }
        #expect(change.messages.count <= 1, "\(note)")
    }

    @discardableResult
    mutating func cancel(
        _ items: [(String, Int)], accept: Bool = false, partial: Bool = false
    ) throws(Rejection) -> CancelDecision {
        let command = Self.command(items, accept: accept, partial: partial)
        let decision = try order.cancel(command, context: context)
        save(decision.change)
        return decision
    }

    func preview(
        _ items: [(String, Int)], accept: Bool = false, partial: Bool = false
    ) throws(Rejection) -> CancelPreview {
        try order.previewCancel(
            Self.command(items, accept: accept, partial: partial), context: context)
    }

    static func command(
        _ items: [(String, Int)], accept: Bool = false, partial: Bool = false
    ) -> CancelItems {
        CancelItems(
            selection: Selection(items.map { .init(lineID: $0.0, quantity: $0.1) }),
            reason: .changedMind, acceptBundleClosure: accept, allowPartial: partial)
    }

    @discardableResult
    mutating func begin(
        _ shipment: String, _ units: [UnitSelection]
    ) throws(Rejection) -> BeginShippingDecision {
        let existing = shipments.values.first { $0.externalID == shipment }
        let decision = try order.beginShipping(
            BeginShipping(externalShipmentID: shipment, carrier: "carrier", units: units),
            existing: existing, context: context)
        if let change = decision.change { save(change) }
        return decision
    }

    @discardableResult
    mutating func report(
        _ shipment: String, _ reports: [ShipmentReport]
    ) throws -> ShipmentDecision {
        let shipment = try #require(shipments.values.first { $0.externalID == shipment })
        let decision = try order.applyShipmentEvents(
            reports, to: shipment, seen: seen[shipment.id] ?? [], tasks: Array(tasks.values),
            context: context)
        if let change = decision.change { save(change) }
        return decision
    }

    /// Picks units of a shipment up.
    mutating func ship(_ shipment: String, _ units: [UnitSelection]) throws {
        try begin(shipment, units)
        try report(shipment, [.at(1, .pickedUp)])
    }

    mutating func lease(_ id: TaskID, token: Int64 = 7) throws {
        let task = try #require(tasks[id])
        let leased: WarehouseTask = try #require(
            try task.leased(token: token, seconds: 60, now: now))
        tasks[id] = leased
    }

    @discardableResult
    mutating func acknowledge(
        _ id: TaskID, _ outcome: TaskOutcome, exceptions: [StopReport.Exception] = [],
        token: Int64 = 7
    ) throws -> StopDecision {
        let decision = try order.acknowledgeStop(
            try #require(tasks[id]),
            report: StopReport(leaseToken: token, outcome: outcome, exceptions: exceptions),
            context: context)
        if let change = decision.change { save(change) }
        return decision
    }

    @discardableResult
    mutating func tender(
        _ index: Int, _ event: TenderEvent
    ) throws(Rejection) -> TenderDecision {
        let decision = try order.reportTender(
            order.tenders[index].id, report: TenderReport(event: event, occurredAt: now),
            context: context)
        save(decision.change)
        return decision
    }

    func state(_ line: String) -> [UnitState] {
        order.runs.filter { order.lines[$0.line].lineID == line }.flatMap {
            Array(repeating: $0.state, count: $0.count)
        }
    }

    /// The frozen total of each unit, in order; for small orders.
    var allocated: [Int64] {
        order.runs.flatMap { Array(repeating: $0.allocated, count: $0.count) }
    }
}

extension ShipmentReport {
    /// An event whose id and second are the same number.
    static func at(
        _ second: Int64, _ type: ShipmentEventType, units: [UnitSelection] = []
    ) -> ShipmentReport {
        ShipmentReport(
            carrierEventID: "\(type.rawValue)-\(second)", type: type,
            occurredAt: Instant(microseconds: second * 1_000_000), units: units)
    }
}
