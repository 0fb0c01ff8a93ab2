// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite

extension Connection {
    func save(_ shipment: Shipment) throws(SQLiteError) {
        var row = try statement(
            """
            INSERT INTO shipment (id, version, order_id, external_id, carrier, tracking_number,
                recall_supported, state, occurred_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, carrier = excluded.carrier,
                tracking_number = excluded.tracking_number,
                recall_supported = excluded.recall_supported, state = excluded.state,
                occurred_at = excluded.occurred_at
            """)
        row.bind(shipment.id.value)
        row.bind(shipment.version)
        row.bind(shipment.orderID.value)
        row.bind(shipment.externalID)
        row.bind(shipment.carrier)
        row.bind(shipment.trackingNumber)
        row.bind(shipment.recallSupported)
        row.bind(shipment.state.rawValue)
        row.bind(shipment.occurredAt.microseconds)
        try row.run()
    }

    func shipment(_ id: ShipmentID) throws(SQLiteError) -> Shipment? {
        var row = try statement(
            """
            SELECT id, version, order_id, external_id, carrier, tracking_number, recall_supported,
                state, occurred_at
            FROM shipment WHERE id = ?
            """)
        row.bind(id.value)
        return try row.step() ? Self.shipment(in: row) : nil
    }

    func shipment(externalID: String) throws(SQLiteError) -> Shipment? {
        var row = try statement(
            """
            SELECT id, version, order_id, external_id, carrier, tracking_number, recall_supported,
                state, occurred_at
            FROM shipment WHERE external_id = ?
            """)
        row.bind(externalID)
        return try row.step() ? Self.shipment(in: row) : nil
    }

    func shipments(of order: OrderID) throws(SQLiteError) -> [Shipment] {
        var row = try statement(
            """
            SELECT id, version, order_id, external_id, carrier, tracking_number, recall_supported,
                state, occurred_at
            FROM shipment WHERE order_id = ? ORDER BY id
            """)
        row.bind(order.value)
        var shipments: [Shipment] = []
        while try row.step() { shipments.append(try Self.shipment(in: row)) }
        return shipments
    }

    private static func shipment(in row: borrowing Statement) throws(SQLiteError) -> Shipment {
        guard let state = ShipmentState(rawValue: row.int(7)) else {
            throw .unreadable("shipment.state")
        }
        return Shipment(
            id: ShipmentID(row.int64(0)), version: row.int64(1), orderID: OrderID(row.int64(2)),
            externalID: row.text(3), carrier: row.text(4), state: state,
            occurredAt: Instant(microseconds: row.int64(8)), trackingNumber: row.text(5),
            recallSupported: row.bool(6))
    }

    func insert(_ event: CarrierEvent) throws(SQLiteError) {
        var row = try statement(
            """
            INSERT INTO shipment_event (shipment_id, carrier_event_id, state, occurred_at, applied,
                reported_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """)
        row.bind(event.shipmentID.value)
        row.bind(event.carrierEventID)
        row.bind(event.state.rawValue)
        row.bind(event.occurredAt.microseconds)
        row.bind(event.applied)
        row.bind(event.reportedAt.microseconds)
        try row.run()
    }

    func isKnown(_ carrierEventID: String, of shipment: ShipmentID) throws(SQLiteError) -> Bool {
        var row = try statement(
            "SELECT 1 FROM shipment_event WHERE shipment_id = ? AND carrier_event_id = ?")
        row.bind(shipment.value)
        row.bind(carrierEventID)
        return try row.step()
    }

    func carrierEvents(
        of shipment: ShipmentID, after id: String, limit: Int
    ) throws(SQLiteError) -> [CarrierEvent] {
        var row = try statement(
            """
            SELECT carrier_event_id, state, occurred_at, applied, reported_at
            FROM shipment_event WHERE shipment_id = ? AND carrier_event_id > ?
            ORDER BY carrier_event_id LIMIT ?
            """)
        row.bind(shipment.value)
        row.bind(id)
        row.bind(limit)
        var events: [CarrierEvent] = []
        while try row.step() {
            guard let state = ShipmentState(rawValue: row.int(1)) else {
                throw .unreadable("shipment_event.state")
            }
            events.append(
                CarrierEvent(
                    shipmentID: shipment, carrierEventID: row.text(0), state: state,
                    occurredAt: Instant(microseconds: row.int64(2)), applied: row.bool(3),
                    reportedAt: Instant(microseconds: row.int64(4))))
        }
        return events
    }
}
