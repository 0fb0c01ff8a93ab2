// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import AftersalesStore
import TTRPC

/// Decides a batch of carrier events, shipment by shipment, all of it before the first write.
///
/// Two shipments of the batch may carry units of one order, so each is decided on what the ones
/// before it left, and the sequence numbers go on where theirs ended.
struct CarrierBatch {
    private var orders: [OrderID: Aftersales.Order] = [:]
    private var tasks: [OrderID: [Aftersales.WarehouseTask]] = [:]
    private var versions: [OrderID: Int64] = [:]
    private var next: Int64
    private(set) var changes: [OrderChange] = []
    private(set) var results: [ShipmentEventResult?]

    private init(next: Int64, count: Int) {
        self.next = next
        results = Array(repeating: nil, count: count)
    }

    /// Decides all reports; `changes` are to be saved in their order.
    static func decide(
        _ batch: CarrierReports, sellingAs seller: String?, in transaction: borrowing Transaction
    ) throws -> CarrierBatch {
        let shipments = try resolve(batch, sellingAs: seller, in: transaction)
        var decided = CarrierBatch(
            next: try transaction.nextSequence(), count: batch.reports.count)
        var done: Set<ShipmentID> = []
        for shipment in shipments where done.insert(shipment.id).inserted {
            let places = shipments.indices.filter { shipments[$0].id == shipment.id }
            try decided.take(
                places, of: batch.reports.map(\.report), shipment: shipment, in: transaction)
        }
        // A later shipment may have moved the order of an earlier one on.
        for (place, shipment) in shipments.enumerated() {
            if let version = decided.versions[shipment.orderID] {
                decided.results[place]?.orderVersion = version
            }
        }
        return decided
    }

    /// The shipment of each report; refuses all unknown ones at once.
    private static func resolve(
        _ batch: CarrierReports, sellingAs seller: String?, in transaction: borrowing Transaction
    ) throws -> [Aftersales.Shipment] {
        var known: [CarrierReports.Target: Aftersales.Shipment] = [:]
        var found: [Aftersales.Shipment] = []
        var unknown: [String] = []
        for (index, entry) in batch.reports.enumerated() {
            if known[entry.target] == nil {
                known[entry.target] = try shipment(entry.target, in: transaction)
            }
            guard let shipment = known[entry.target],
                try seller == nil || isSold(shipment, by: seller, in: transaction)
            else {
                unknown.append("events[\(index)].target")
                continue
            }
            found.append(shipment)
        }
        guard unknown.isEmpty else {
            throw ServiceErrors.error(
                .invalidArgument, "UNKNOWN_SHIPMENT", "no such shipment", fields: unknown)
        }
        return found
    }

    private static func shipment(
        _ target: CarrierReports.Target, in transaction: borrowing Transaction
    ) throws -> Aftersales.Shipment? {
        switch target {
        case .id(let id): try transaction.shipment(id)
        case .external(let id): try transaction.shipment(externalID: id)
        }
    }

    /// A seller's shipment holds nothing but its own goods.
    private static func isSold(
        _ shipment: Aftersales.Shipment, by seller: String?,
        in transaction: borrowing Transaction
    ) throws -> Bool {
        guard let order = try transaction.order(shipment.orderID) else { return false }
        return order.runs.allSatisfy {
            $0.shipment != shipment.id || order.lines[$0.line].sellerID == seller
        }
    }

    private mutating func take(
        _ places: [Int], of reports: [ShipmentReport], shipment: Aftersales.Shipment,
        in transaction: borrowing Transaction
    ) throws {
        let id = shipment.orderID
        guard let order = try orders[id] ?? transaction.order(id) else {
            throw Rejection.unknownShipment
        }
        let seen = try transaction.knownCarrierEvents(
            places.map { reports[$0].carrierEventID }, of: shipment.id)
        let known = try tasks[id] ?? transaction.tasks(of: id)
        let context = DecisionContext(
            now: transaction.now, policy: try transaction.policy(of: order), nextSequence: next)
        let decision: ShipmentDecision
        do throws(Rejection) {
            decision = try order.applyShipmentEvents(
                places.map { reports[$0] }, to: shipment, seen: seen, tasks: known,
                context: context)
        } catch {
            throw error.placed(at: places)
        }
        let after = decision.change?.after ?? order
        let incidentID = decision.change.flatMap { incident(in: $0)?.text } ?? ""
        for (place, outcome) in zip(places, decision.outcomes) {
            results[place] = ShipmentEventResult(
                carrierEventID: reports[place].carrierEventID, shipmentID: shipment.id.text,
                outcome: EventOutcome(outcome),
                incidentID: outcome == .incident ? incidentID : "",
                state: AftersalesAPI.ShipmentState(decision.shipment.state),
                shipmentVersion: decision.shipment.version, orderID: id.text,
                orderVersion: after.version)
        }
        versions[id] = after.version
        guard let change = decision.change else { return }
        orders[id] = change.after
        let changed = Dictionary(uniqueKeysWithValues: change.tasks.map { ($0.id, $0) })
        tasks[id] = known.map { changed[$0.id] ?? $0 }
        next += Int64(change.events.count)
        changes.append(change)
    }

    private func incident(in change: OrderChange) -> IncidentID? {
        for (index, event) in change.events.enumerated() {
            if case .shippedAfterCancel = event.fact { return IncidentID(next + Int64(index)) }
        }
        return nil
    }
}
