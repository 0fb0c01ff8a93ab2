// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import TTRPC

extension Aftersales.UnitSelection {
    init(_ selection: AftersalesAPI.UnitSelection) {
        let first: Int? =
            if case .firstUnit(let unit) = selection.start { Int(clamping: unit) } else { nil }
        self.init(
            lineID: selection.lineID, quantity: Fields.quantity(selection.quantity),
            firstUnit: first)
    }
}

extension BeginShipping {
    init(_ request: BeginShippingRequest, sellerID: String?) {
        self.init(
            externalShipmentID: request.externalShipmentID, carrier: request.carrier,
            trackingNumber: request.trackingNumber, recallSupported: request.recallSupported,
            units: request.units.map { Aftersales.UnitSelection($0) }, sellerID: sellerID,
            expectedVersion: request.expectedVersion)
    }
}

extension BeginShippingResponse {
    init(_ decision: BeginShippingDecision, order: Aftersales.Order) {
        self.init(
            shipmentID: decision.shipment?.id.text ?? "",
            shipmentVersion: decision.shipment?.version ?? 0,
            accepted: decision.accepted.map { UnitSpan($0, of: order) },
            rejected: decision.rejected.map {
                AftersalesAPI.RejectedUnits(
                    lineID: $0.lineID, firstUnit: Int64($0.first), count: Int64($0.count),
                    reason: AftersalesAPI.ShippingRejection($0.reason))
            },
            version: order.version)
    }
}

extension AftersalesAPI.WarehouseTask {
    init(
        _ task: Aftersales.WarehouseTask, order: Aftersales.Order,
        shipment: Aftersales.Shipment?
    ) {
        self.init(
            taskID: task.id.text, kind: AftersalesAPI.WarehouseTaskKind(task.kind),
            orderID: order.id.text, externalOrderID: order.externalID,
            shipmentID: shipment?.id.text ?? "", externalShipmentID: shipment?.externalID ?? "",
            units: [
                UnitSpan(
                    lineID: order.lines[task.line].lineID, firstUnit: Int64(task.first),
                    count: Int64(task.count))
            ],
            leaseToken: task.leaseToken.map { LeaseToken.text($0) } ?? "",
            leaseExpireTime: task.leasedUntil.map { Timestamp($0) },
            createTime: Timestamp(task.createdAt))
    }
}

extension StopReport {
    init(_ request: AckTaskRequest) throws(RPCError) {
        guard let token = LeaseToken.number(request.leaseToken) else {
            throw RejectionStatus.error(.leaseLost)
        }
        var exceptions: [Exception] = []
        for (index, entry) in request.unitOutcomes.enumerated() {
            let path = "unit_outcomes[\(index)]"
            guard let units = entry.units else { throw Fields.required(path + ".units") }
            exceptions.append(
                Exception(
                    first: Int(clamping: units.firstUnit), count: Int(clamping: units.count),
                    outcome: try entry.outcome.domain(path + ".outcome")))
        }
        self.init(
            leaseToken: token, outcome: try request.outcome.domain("outcome"),
            exceptions: exceptions)
    }
}

extension AckTaskResponse {
    init(
        _ decision: StopDecision, task: Aftersales.WarehouseTask, order: Aftersales.Order
    ) {
        let currency = order.currency
        self.init(
            taskID: task.id.text, orderID: order.id.text,
            canceled: decision.canceled.map { UnitSpan($0) },
            shipped: decision.shipped.map { UnitSpan($0) },
            returnedToProcess: decision.continuing.map { UnitSpan($0) },
            releases: decision.releases.map { AftersalesAPI.TenderRelease($0, currency) },
            refunds: decision.refunds.map { AftersalesAPI.TenderRefund($0, currency) },
            version: order.version)
    }
}

extension UnitSpan {
    fileprivate init(_ units: Aftersales.UnitAmount) {
        self.init(
            lineID: units.lineID, firstUnit: Int64(units.first), count: Int64(units.count))
    }
}

/// The text of a lease's proof: 16 hexadecimal digits, opaque to callers.
enum LeaseToken {
    static func text(_ number: Int64) -> String {
        let digits = String(UInt64(bitPattern: number), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    static func number(_ text: String) -> Int64? {
        text.utf8.count == 16
            ? UInt64(text, radix: 16).map { Int64(bitPattern: $0) } : nil
    }
}
