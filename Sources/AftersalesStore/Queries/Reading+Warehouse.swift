// SPDX-License-Identifier: Apache-2.0

public import Aftersales
import SQLite

extension Reading where Self: ~Copyable {
    /// A shipment.
    public func shipment(_ id: ShipmentID) throws(StoreError) -> Shipment? {
        try session.run { (connection) throws(SQLiteError) in try connection.shipment(id) }
    }

    /// A shipment by the warehouse's own id.
    public func shipment(externalID: String) throws(StoreError) -> Shipment? {
        try session.run { (connection) throws(SQLiteError) in
            try connection.shipment(externalID: externalID)
        }
    }

    /// An order's shipments, oldest first.
    public func shipments(of order: OrderID) throws(StoreError) -> [Shipment] {
        try session.run { (connection) throws(SQLiteError) in
            try connection.shipments(of: order)
        }
    }

    /// Which of these carrier events a shipment has already.
    public func knownCarrierEvents(
        _ ids: [String], of shipment: ShipmentID
    ) throws(StoreError) -> Set<String> {
        try session.run { (connection) throws(SQLiteError) in
            var known: Set<String> = []
            for id in ids where try connection.isKnown(id, of: shipment) { known.insert(id) }
            return known
        }
    }

    /// What a carrier said of a shipment, by its ids; the page after an id.
    public func carrierEvents(
        of shipment: ShipmentID, after id: String = "", limit: Int
    ) throws(StoreError) -> [CarrierEvent] {
        try session.run { (connection) throws(SQLiteError) in
            try connection.carrierEvents(
                of: shipment, after: id, limit: min(limit, StoreLimits.pageMax))
        }
    }

    /// A warehouse task.
    public func task(_ id: TaskID) throws(StoreError) -> WarehouseTask? {
        try session.run { (connection) throws(SQLiteError) in try connection.task(id) }
    }

    /// An order's tasks, oldest first.
    public func tasks(of order: OrderID) throws(StoreError) -> [WarehouseTask] {
        try session.run { (connection) throws(SQLiteError) in try connection.tasks(of: order) }
    }

    /// Tasks that can be leased: open, or leased until this time or earlier; oldest first.
    public func leasableTasks(
        kinds: Set<WarehouseTaskKind>, at now: Instant, limit: Int
    ) throws(StoreError) -> [WarehouseTask] {
        try session.run { (connection) throws(SQLiteError) in
            try connection.leasableTasks(
                kinds: kinds, at: now, limit: min(limit, StoreLimits.pageMax))
        }
    }
}
