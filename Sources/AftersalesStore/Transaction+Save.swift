// SPDX-License-Identifier: Apache-2.0

public import Aftersales
import SQLite

extension Transaction {
    /// Writes what a decision changed: the rows that differ, its message, a row for each event.
    ///
    /// `events` are the encoded forms of the change's events, one for one (a precondition); their
    /// sequence numbers begin with ``nextSequence()``, from which the decision derived its ids. An
    /// order that changed since it was loaded is a ``StoreError``.
    public func save(
        _ change: OrderChange, events: [EncodedEvent], actor: String
    ) throws(StoreError) {
        precondition(events.count == change.events.count, "each event is encoded")
        try session.run { (connection) throws(SQLiteError) in
            let firstSequence = try session.openChain().seq + 1
            try connection.saveOrder(change, at: now)
            try connection.saveSurroundings(change, firstSequence: firstSequence, at: now)
            for (event, encoded) in zip(change.events, events) {
                try session.append(
                    EventRow(
                        aggregate: event.aggregate, version: event.version, type: encoded.type,
                        occurredAt: now, actor: actor, policyVersion: change.after.policyVersion,
                        payload: encoded.payload))
            }
        }
    }

    /// Writes new or changed tasks, such as leased ones.
    public func save(_ tasks: [WarehouseTask]) throws(StoreError) {
        try session.run { (connection) throws(SQLiteError) in
            for task in tasks { try connection.save(task) }
        }
    }

    /// Marks messages as read now; those that were, stay as they are.
    public func markRead(_ messages: [MessageID]) throws(StoreError) {
        try session.run { (connection) throws(SQLiteError) in
            for id in messages { try connection.markRead(id, at: now) }
        }
    }
}

extension Connection {
    /// The order itself.
    ///
    /// Shipments come before the units in them; the header comes last, where the
    /// schema holds it to the sums of the rest.
    fileprivate func saveOrder(_ change: OrderChange, at now: Instant) throws(SQLiteError) {
        let after = change.after
        if change.before == nil { try insertHeader(after) }
        for shipment in change.shipments { try save(shipment) }
        try saveRuns(of: after.id, from: change.before?.runs ?? [], to: after.runs)
        try saveTenders(
            of: after.id, from: change.before?.tenders ?? [], to: after.tenders, at: now)
        if let obligation = change.obligation { try insert(obligation) }
        for leg in change.legs { try insert(leg, customer: after.customerID) }
        if let before = change.before { try updateHeader(from: before, to: after) }
    }

    /// What a decision leaves beside the order.
    fileprivate func saveSurroundings(
        _ change: OrderChange, firstSequence: Int64, at now: Instant
    ) throws(SQLiteError) {
        for task in change.tasks { try save(task) }
        precondition(change.messages.count <= 1, "a decision posts at most one message")
        precondition(change.messages.isEmpty || !change.events.isEmpty, "a message has an event")
        for message in change.messages {
            try insert(message, id: MessageID(firstSequence), at: now)
        }
        for (index, event) in change.events.enumerated() {
            try save(event, of: change.after.id, seq: firstSequence + Int64(index), at: now)
        }
    }

    /// The rows that an event is the only source of.
    private func save(
        _ event: DomainEvent, of order: OrderID, seq: Int64, at now: Instant
    ) throws(SQLiteError) {
        switch (event.fact, event.aggregate) {
        case (
            .shipmentEvent(let state, let carrierEventID, let occurredAt, let applied),
            .shipment(let shipment)
        )
        // The event that begins a shipment is the desk's own and has no carrier's id.
        where !carrierEventID.isEmpty:
            try insert(
                CarrierEvent(
                    shipmentID: shipment, carrierEventID: carrierEventID, state: state,
                    occurredAt: occurredAt, applied: applied, reportedAt: now))
        case (.shippedAfterCancel(let run, _), _):
            try insert(
                Incident(
                    id: seq, kind: .shippedAfterCancel, orderID: order, line: run.line,
                    first: run.first, count: run.count, openedAt: now))
        default: break
        }
    }
}
