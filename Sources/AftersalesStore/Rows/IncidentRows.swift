// SPDX-License-Identifier: Apache-2.0

import Aftersales
import SQLite

extension Connection {
    func insert(_ incident: Incident) throws(SQLiteError) {
        var row = try statement(
            """
            INSERT INTO incident (id, kind, order_id, line, first, count, opened_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        row.bind(incident.id)
        row.bind(incident.kind.rawValue)
        row.bind(incident.orderID.value)
        row.bind(incident.line)
        row.bind(incident.first)
        row.bind(incident.count)
        row.bind(incident.openedAt.microseconds)
        try row.run()
    }

    func openIncidents(after id: Int64, limit: Int) throws(SQLiteError) -> [Incident] {
        var row = try statement(
            """
            SELECT id, kind, order_id, line, first, count, opened_at
            FROM incident INDEXED BY incident_open
            WHERE resolved_at IS NULL AND id > ? ORDER BY id LIMIT ?
            """)
        row.bind(id)
        row.bind(limit)
        var incidents: [Incident] = []
        while try row.step() {
            guard let kind = IncidentKind(rawValue: row.int(1)) else {
                throw .unreadable("incident.kind")
            }
            incidents.append(
                Incident(
                    id: row.int64(0), kind: kind, orderID: OrderID(row.int64(2)),
                    line: row.int(3), first: row.int(4), count: row.int(5),
                    openedAt: Instant(microseconds: row.int64(6))))
        }
        return incidents
    }
}
