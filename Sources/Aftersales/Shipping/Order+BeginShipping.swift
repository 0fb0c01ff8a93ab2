// SPDX-License-Identifier: Apache-2.0

extension Order {
    /// Begins the shipping process for the units that are OPEN; from here they cannot be canceled.
    ///
    /// `existing` is the shipment with the command's external id, if there is one.
    public func beginShipping(
        _ command: BeginShipping, existing: Shipment?, context: DecisionContext
    ) throws(Rejection) -> BeginShippingDecision {
        try check(command)
        try Check.version(expected: command.expectedVersion, actual: version)
        if let existing { try existing.requireOpen(for: self, carrier: command.carrier) }
        var picking = Picking(self, sellerID: command.sellerID)
        for selection in command.units { picking.pick(selection) }
        guard !picking.accepted.isEmpty else {
            return BeginShippingDecision(
                change: nil, shipment: existing, accepted: [], rejected: picking.rejected)
        }
        var decision = OrderDecision(self, context: context)
        let shipment = existing ?? begin(command, context: context)
        if existing == nil {
            decision.shipments = [shipment]
            decision.append(shipment.event("", at: context.now, applied: true))
        }
        var accepted: [UnitRun] = []
        for run in picking.accepted.sorted(by: { $0.first < $1.first }) {
            let moved = try decision.move(
                run, .beginShipping, fact: { .unitShippingBegun(run: $0) },
                also: { $0.shipment = shipment.id })
            accepted.append(moved)
        }
        return BeginShippingDecision(
            change: decision.change, shipment: shipment, accepted: UnitRuns.merged(accepted),
            rejected: picking.rejected)
    }

    private func begin(_ command: BeginShipping, context: DecisionContext) -> Shipment {
        Shipment(
            id: ShipmentID(context.nextSequence), version: 1, orderID: id,
            externalID: command.externalShipmentID, carrier: command.carrier, state: .ready,
            occurredAt: context.now, trackingNumber: command.trackingNumber,
            recallSupported: command.recallSupported)
    }

    private func check(_ command: BeginShipping) throws(Rejection) {
        try Check.opaqueID(command.externalShipmentID, field: "external_shipment_id")
        let bytesMax = OrderLimits.opaqueIDBytesMax
        try Check.length(command.carrier, max: bytesMax, field: "carrier")
        try Check.length(command.trackingNumber, max: bytesMax, field: "tracking_number")
        if command.units.isEmpty { throw .emptySelection }
        try Check.count(command.units.count, max: OrderLimits.lineCountMax, field: "units")
        for (place, selection) in command.units.enumerated() {
            try Check.quantity(selection.quantity, field: "units[\(place)].quantity")
        }
    }
}

/// Picks units selection by selection; a later one sees what an earlier one took.
private struct Picking {
    private let order: Order
    private let index: LineIndex
    private let sellerID: String?
    private var runsByLine: [Int: [UnitRun]] = [:]
    private(set) var accepted: [UnitRun] = []
    private(set) var rejected: [RejectedUnits] = []

    init(_ order: Order, sellerID: String?) {
        self.order = order
        self.sellerID = sellerID
        index = LineIndex(order)
    }

    mutating func pick(_ selection: UnitSelection) {
        guard let line = index.line(selection.lineID) else {
            reject(selection.lineID, 0, selection.quantity, .unknownLine)
            return
        }
        let content = order.lines[line]
        if let sellerID, content.sellerID != sellerID {
            reject(selection.lineID, content.firstUnit, selection.quantity, .notYours)
            return
        }
        let runs = runsByLine[line] ?? Array(index.runs(line))
        let taken: [UnitRun]
        if let first = selection.firstUnit {
            let (end, overflow) = first.addingReportingOverflow(selection.quantity)
            let named = UnitRuns.within(first..<(overflow ? Int.max : end), of: runs[...])
            taken = named.filter { $0.state == .open }
            rejectNamed(selection, first: first, named: named)
        } else {
            taken = UnitRuns.lowest(selection.quantity, of: runs[...]) { $0.state == .open }
            let count = taken.reduce(0) { $0 + $1.count }
            rejectShortfall(selection, missing: selection.quantity - count, runs: runs)
        }
        accepted += taken
        runsByLine[line] = UnitRuns.replacing(
            taken.map {
                var run = $0
                run.state = .inProcess
                return run
            }, in: runs)
    }

    private mutating func rejectNamed(_ selection: UnitSelection, first: Int, named: [UnitRun]) {
        for run in named {
            guard let reason = ShippingRejection(run.state) else { continue }
            reject(selection.lineID, run.first, run.count, reason)
        }
        let missing = selection.quantity - named.reduce(0) { $0 + $1.count }
        if missing > 0 { reject(selection.lineID, first, missing, .quantityNotOpen) }
    }

    /// Names what keeps the missing units from being picked, canceled ones first: those are what a
    /// picker must know.
    private mutating func rejectShortfall(
        _ selection: UnitSelection, missing: Int, runs: [UnitRun]
    ) {
        var left = missing
        let canceled = runs.filter { $0.state == .canceled }
        for run in canceled + runs.filter({ $0.state != .canceled }) where left > 0 {
            guard let reason = ShippingRejection(run.state) else { continue }
            let count = min(run.count, left)
            left -= count
            reject(selection.lineID, run.first, count, reason)
        }
        if left > 0 { reject(selection.lineID, runs.first?.first ?? 0, left, .quantityNotOpen) }
    }

    private mutating func reject(
        _ lineID: String, _ first: Int, _ count: Int, _ reason: ShippingRejection
    ) {
        rejected.append(
            RejectedUnits(lineID: lineID, first: first, count: count, reason: reason))
    }
}

extension Shipment {
    /// Refuses to add units to a shipment of another order, or to one that is on its way.
    fileprivate func requireOpen(for order: Order, carrier: String) throws(Rejection) {
        guard orderID == order.id, carrier.isEmpty || carrier == self.carrier else {
            throw .shipmentExists(id)
        }
        guard state == .ready || state == .labeled else {
            throw .invalidTransition(from: state.name, event: "BEGIN_SHIPPING")
        }
    }

    /// The event about this shipment as it is now.
    func event(_ carrierEventID: String, at instant: Instant, applied: Bool) -> DomainEvent {
        DomainEvent(
            aggregate: .shipment(id), version: version,
            fact: .shipmentEvent(
                state: state, carrierEventID: carrierEventID, occurredAt: instant,
                applied: applied))
    }
}
