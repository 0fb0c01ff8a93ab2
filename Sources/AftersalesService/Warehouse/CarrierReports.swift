// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import TTRPC

/// A batch of carrier events as they were reported, checked as far as no state is needed.
struct CarrierReports: Sendable {
    /// How an event names its shipment.
    enum Target: Hashable, Sendable {
        case id(ShipmentID)
        case external(String)
    }

    /// In the order of the request.
    let reports: [(target: Target, report: ShipmentReport)]

    init(_ events: [ShipmentEventReport]) throws(RPCError) {
        guard !events.isEmpty else { throw Fields.required("events") }
        guard events.count <= OrderLimits.shipmentReportsMax else {
            throw RejectionStatus.error(
                .tooMany(field: "events", countMax: OrderLimits.shipmentReportsMax))
        }
        var reports: [(target: Target, report: ShipmentReport)] = []
        for (index, event) in events.enumerated() {
            let path = "events[\(index)]"
            let report = ShipmentReport(
                carrierEventID: event.carrierEventID,
                type: try event.type.domain(path + ".type"),
                occurredAt: try Fields.instant(event.occurredTime, path + ".occurred_time"),
                units: event.units.map { Aftersales.UnitSelection($0) })
            reports.append((try Self.target(event, path), report))
        }
        self.reports = reports
    }

    private static func target(
        _ event: ShipmentEventReport, _ path: String
    ) throws(RPCError) -> Target {
        switch event.target {
        case .shipmentID(let id): .id(try Fields.id(id, path + ".shipment_id"))
        case .externalShipmentID(let id): .external(id)
        case nil: throw Fields.required(path + ".target")
        }
    }
}
