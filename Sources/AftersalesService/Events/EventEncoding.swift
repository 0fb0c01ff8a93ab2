// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import AftersalesStore
import ProtobufC

/// Turns the facts of a decision into entries of the log: a stable type name and the deterministic
/// bytes of a payload that holds ids, states and amounts only.
struct EventEncoding {
    private let order: Aftersales.Order

    /// Encodes the events of a change.
    static func encode(_ change: OrderChange) -> [EncodedEvent] {
        let encoding = EventEncoding(order: change.after)
        return change.events.map { encoding.encode($0) }
    }

    private func encode(_ event: DomainEvent) -> EncodedEvent {
        let (type, payload) = content(event)
        return EncodedEvent(type: type, payload: EventPayload(payload: payload).encoded())
    }

    private func content(_ event: DomainEvent) -> (String, EventPayload.Payload) {
        switch event.fact {
        case .orderImported(let lines, let runs, let tenders, let total):
            ("order.imported", .orderImported(imported(lines, runs, tenders, total)))
        case .unitCanceled(let run, let obligation, let byBundle, let reason):
            (
                "unit.canceled",
                .unitsMoved(
                    moved(run, obligation: obligation, byBundle: byBundle, reason: reason))
            )
        case .unitStopRequested(let run, let task, let reason):
            ("unit.stop_requested", .unitsMoved(moved(run, reason: reason, task: task)))
        case .unitStopFailed(let run, let task):
            ("unit.stop_failed", .unitsMoved(moved(run, task: task)))
        case .unitShippingBegun(let run): ("unit.shipping_begun", .unitsMoved(moved(run)))
        case .unitReleased(let run): ("unit.released", .unitsMoved(moved(run)))
        case .unitShipped(let run): ("unit.shipped", .unitsMoved(moved(run)))
        case .unitDelivered(let run): ("unit.delivered", .unitsMoved(moved(run)))
        case .chargesCanceled(let shipping, let otherCharges, let obligation):
            (
                "order.charges_canceled",
                .chargesCanceled(
                    ChargesCanceled(
                        orderID: order.id.text, shipping: money(shipping),
                        otherCharges: money(otherCharges), obligationID: obligation?.text ?? ""))
            )
        case .orderCanceled:
            (
                "order.canceled",
                .orderStateChanged(OrderStateChanged(orderID: order.id.text, state: .canceled))
            )
        case .shipmentEvent(let state, let carrierEventID, let occurredAt, let applied):
            (
                "shipment.event",
                .shipmentChanged(
                    ShipmentChanged(
                        shipmentID: shipmentID(event.aggregate), orderID: order.id.text,
                        state: AftersalesAPI.ShipmentState(state), carrierEventID: carrierEventID,
                        occurredTime: Timestamp(occurredAt),
                        outcome: applied ? .applied : .ignored))
            )
        case .shippedAfterCancel(let run, let task):
            // Incident and task have the number of this event.
            (
                "shipment.incident",
                .unitsMoved(moved(run, task: task, incident: IncidentID(task.value)))
            )
        case .refundCreated(let leg): ("refund.created", .refundCreated(created(leg)))
        case .refundSettled(let leg): ("refund.settled", .refundMoved(moved(leg)))
        case .tenderOpened(_, let tenderClass, let amount, let authorized, let captured):
            (
                "tender.opened",
                .tenderOpened(
                    TenderOpened(
                        tenderID: tenderID(event.aggregate), orderID: order.id.text,
                        tenderClass: AftersalesAPI.TenderClass(tenderClass),
                        amount: money(amount), authorized: money(authorized),
                        captured: money(captured)))
            )
        case .tenderAuthorized(let amount): ("tender.authorized", changed(event, amount))
        case .tenderCaptured(let amount): ("tender.captured", changed(event, amount))
        case .tenderReleaseDue(let amount): ("tender.release_due", changed(event, amount))
        case .tenderVoided(let amount): ("tender.voided", changed(event, amount))
        case .tenderExpired(let amount): ("tender.expired", changed(event, amount))
        case .policyChanged:
            (
                "policy.changed",
                .catalogueChanged(CatalogueChanged(kind: "policy", version: event.version))
            )
        }
    }
}

extension EventEncoding {
    private func money(_ amount: Int64) -> Money {
        Money(amount, order.currency)
    }

    private func imported(
        _ lines: [Aftersales.OrderLine], _ runs: [UnitRun], _ tenders: [TenderID], _ total: Int64
    ) -> OrderImported {
        OrderImported(
            orderID: order.id.text, customerID: order.customerID,
            lines: lines.map { line in
                ImportedLine(
                    lineID: line.lineID, sku: line.sku, kind: AftersalesAPI.ItemKind(line.kind),
                    sellerID: line.sellerID ?? "", quantity: Int64(line.quantity),
                    firstUnit: Int64(line.firstUnit), bundleID: line.bundle?.bundleID ?? "")
            },
            units: runs.map { UnitRange($0, of: order) }, tenderIDs: tenders.map(\.text),
            grandTotal: money(total), shipping: money(order.shipping.charged),
            otherCharges: money(order.otherCharges.charged))
    }

    private func moved(
        _ run: UnitRun, obligation: ObligationID? = nil, byBundle: Bool = false,
        reason: Aftersales.CancelReason? = nil, task: TaskID? = nil, incident: IncidentID? = nil
    ) -> UnitsMoved {
        UnitsMoved(
            orderID: order.id.text, units: UnitRange(run, of: order),
            obligationID: obligation?.text ?? "", byBundle: byBundle,
            cancelReason: reason.map { AftersalesAPI.CancelReason($0) } ?? .unspecified,
            taskID: task?.text ?? "", incidentID: incident?.text ?? "")
    }

    private func created(_ leg: RefundLeg) -> RefundCreated {
        RefundCreated(
            refundID: leg.id.text, obligationID: leg.obligationID.text,
            orderID: leg.orderID.text, tenderID: leg.tenderID.text,
            kind: AftersalesAPI.RefundKind(leg.kind), amount: money(leg.amount),
            state: AftersalesAPI.RefundState(leg.state))
    }

    private func moved(_ leg: RefundLeg) -> RefundMoved {
        RefundMoved(
            refundID: leg.id.text, orderID: leg.orderID.text, tenderID: leg.tenderID.text,
            amount: money(leg.amount), state: AftersalesAPI.RefundState(leg.state))
    }

    private func changed(_ event: DomainEvent, _ amount: Int64) -> EventPayload.Payload {
        .tenderChanged(
            TenderChanged(
                tenderID: tenderID(event.aggregate), orderID: order.id.text,
                amount: money(amount)))
    }

    private func tenderID(_ aggregate: Aggregate) -> String {
        guard case .tender(let id) = aggregate else { return "" }
        return id.text
    }

    private func shipmentID(_ aggregate: Aggregate) -> String {
        guard case .shipment(let id) = aggregate else { return "" }
        return id.text
    }
}
