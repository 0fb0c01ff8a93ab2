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

    /// What a carrier said under this id, if it was said before.
    public func carrierEvent(
        _ id: String, of shipment: ShipmentID
    ) throws(StoreError) -> CarrierEvent? {
        try session.run { (connection) throws(SQLiteError) in
            try connection.carrierEvents(of: shipment, id: id).first
        }
    }

    /// All a carrier said of a shipment, by its ids, at most a page.
    public func carrierEvents(of shipment: ShipmentID) throws(StoreError) -> [CarrierEvent] {
        try session.run { (connection) throws(SQLiteError) in
            try connection.carrierEvents(of: shipment)
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
