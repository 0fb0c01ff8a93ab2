// SPDX-License-Identifier: Apache-2.0

extension Order {
    /// Judges carrier events about one shipment, in the order given.
    ///
    /// An event is applied, or stored without effect when it is older than the shipment's state or
    /// says nothing new, or ignored when its id is known. Goods that ship although they are
    /// canceled are an incident: the refund stands, and a recall task is raised.
    ///
    /// `seen` holds the ids of the carrier events stored for this shipment, `tasks` the order's
    /// STOP tasks that have not ended; those whose units ship first become moot.
    public func applyShipmentEvents(
        _ reports: [ShipmentReport], to shipment: Shipment, seen: Set<String>,
        tasks: [WarehouseTask], context: DecisionContext
    ) throws(Rejection) -> ShipmentDecision {
        guard shipment.orderID == id else { throw .unknownShipment }
        try Check.count(reports.count, max: OrderLimits.shipmentReportsMax, field: "events")
        var journey = Journey(
            decision: OrderDecision(self, context: context), shipment: shipment, seen: seen,
            tasks: tasks)
        var outcomes: [ShipmentEventOutcome] = []
        for (place, report) in reports.enumerated() {
            let field = "events[\(place)]"
            try Check.opaqueID(report.carrierEventID, field: field + ".carrier_event_id")
            outcomes.append(try journey.take(report, field: field))
        }
        return ShipmentDecision(
            change: journey.finish(), shipment: journey.shipment, outcomes: outcomes)
    }
}

/// A shipment on its way through a batch of carrier events.
private struct Journey {
    var decision: OrderDecision
    var shipment: Shipment
    var seen: Set<String>
    var tasks: [WarehouseTask]
    /// Units that were to be stopped and shipped first.
    private var overtaken: [UnitRun] = []

    init(
        decision: OrderDecision, shipment: Shipment, seen: Set<String>, tasks: [WarehouseTask]
    ) {
        self.decision = decision
        self.shipment = shipment
        self.seen = seen
        self.tasks = tasks
    }

    mutating func take(
        _ report: ShipmentReport, field: String
    ) throws(Rejection) -> ShipmentEventOutcome {
        guard seen.insert(report.carrierEventID).inserted else { return .ignored }
        let scope = try Scope(report, shipment: shipment, order: decision.after, field: field)
        let isOld = !shipment.state.isBeforePickup && report.occurredAt < shipment.occurredAt
        shipment.version += 1
        guard !isOld, let next = shipment.state.after(report.type) else {
            decision.append(
                shipment.event(report.carrierEventID, at: report.occurredAt, applied: false))
            return .ignored
        }
        shipment.state = next
        shipment.occurredAt = report.occurredAt
        decision.append(
            shipment.event(report.carrierEventID, at: report.occurredAt, applied: true))
        guard !next.isBeforePickup else { return .applied }
        try ship(scope.toShip)
        if next == .delivered { try deliver(scope.units, at: report.occurredAt) }
        for run in scope.canceled { raiseIncident(run) }
        return scope.canceled.isEmpty ? .applied : .incident
    }

    /// Everything the events changed; nil when they were all known.
    mutating func finish() -> OrderChange? {
        guard !decision.events.isEmpty else { return nil }
        decision.shipments = [shipment]
        if !overtaken.isEmpty {
            let order = decision.before
            let result = StopDecision(
                change: nil, shipped: UnitAmount.list(overtaken, order: order))
            decision.messages = [
                .stopResult(result, order: order, policy: decision.context.policy)
            ]
        }
        return decision.change
    }

    private mutating func ship(_ runs: [UnitRun]) throws(Rejection) {
        for run in runs {
            if run.state == .stopRequested { overtaken.append(run) }
            try decision.move(run, .ship) { .unitShipped(run: $0) }
        }
        decision.fold()
        for run in runs where run.state == .stopRequested { makeMoot(run) }
    }

    private mutating func makeMoot(_ run: UnitRun) {
        for index in tasks.indices {
            let task = tasks[index]
            guard task.kind == .stop, task.state == .open || task.state == .leased,
                task.first < run.end, run.first < task.first + task.count
            else { continue }
            let range = task.first..<(task.first + task.count)
            let parts = UnitRuns.within(range, of: decision.after.runs[...])
            // Part of a task may still be stopped.
            guard !parts.contains(where: { $0.state == .stopRequested }) else { continue }
            tasks[index].state = .moot
            decision.tasks.append(tasks[index])
        }
    }

    private mutating func deliver(
        _ units: [Range<Int>], at instant: Instant
    ) throws(Rejection) {
        let runs = units.flatMap { UnitRuns.within($0, of: decision.after.runs[...]) }
        for run in runs where run.state == .shipped || run.state == .returning {
            try decision.move(
                run, .deliver, fact: { .unitDelivered(run: $0) },
                also: { $0.deliveredAt = instant })
        }
        decision.fold()
    }

    private mutating func raiseIncident(_ run: UnitRun) {
        let task = TaskID(decision.nextSequence)
        decision.appendOrderEvent(.shippedAfterCancel(run: run, task: task))
        decision.tasks.append(
            WarehouseTask(
                id: task, kind: .recall, orderID: decision.after.id, line: run.line,
                first: run.first, count: run.count, state: .open,
                createdAt: decision.context.now))
    }
}

/// The units a carrier event is about.
private struct Scope {
    /// Being picked: they ship now.
    private(set) var toShip: [UnitRun] = []
    /// Canceled, and yet on their way; only at the pick-up.
    private(set) var canceled: [UnitRun] = []
    /// All of them, by number.
    private(set) var units: [Range<Int>] = []

    init(
        _ report: ShipmentReport, shipment: Shipment, order: Order, field: String
    ) throws(Rejection) {
        let inShipment = order.runs.filter { $0.shipment == shipment.id }
        var runs = inShipment
        var countsCanceled = inShipment.allSatisfy { $0.state == .canceled }
        if !report.units.isEmpty {
            countsCanceled = true
            runs = try Self.named(report.units, shipment: shipment, order: order, field: field)
        }
        units = runs.map { $0.first..<$0.end }
        toShip = runs.filter { $0.state == .inProcess || $0.state == .stopRequested }
        if countsCanceled, shipment.state.isBeforePickup {
            canceled = runs.filter { $0.state == .canceled }
        }
    }

    /// Named units: in this shipment, or canceled before they ever were in one.
    private static func named(
        _ selections: [UnitSelection], shipment: Shipment, order: Order, field: String
    ) throws(Rejection) -> [UnitRun] {
        let index = LineIndex(order)
        var named: [UnitRun] = []
        for selection in selections {
            guard let line = index.line(selection.lineID) else {
                throw .unknownLine(field: field + ".units", lineID: selection.lineID)
            }
            try Check.quantity(selection.quantity, field: field + ".units.quantity")
            var runs = Array(index.runs(line))
            if let first = selection.firstUnit {
                let (end, overflow) = first.addingReportingOverflow(selection.quantity)
                runs = UnitRuns.within(first..<(overflow ? Int.max : end), of: runs[...])
            }
            let inShipment = runs.filter { $0.shipment == shipment.id }
            let strays = runs.filter { $0.shipment == nil && $0.state == .canceled }
            let taken = UnitRuns.lowest(selection.quantity, of: (inShipment + strays)[...]) {
                _ in true
            }
            guard taken.reduce(0, { $0 + $1.count }) == selection.quantity else {
                throw .unknownLine(field: field + ".units", lineID: selection.lineID)
            }
            named += taken
        }
        named.sort { $0.first < $1.first }
        for (run, next) in zip(named, named.dropFirst()) where run.end > next.first {
            throw .duplicateLine(
                field: field + ".units", lineID: order.lines[next.line].lineID)
        }
        return named
    }
}
