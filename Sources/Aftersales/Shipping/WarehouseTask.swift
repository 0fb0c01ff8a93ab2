// SPDX-License-Identifier: Apache-2.0

/// What the warehouse is asked to do.
public enum WarehouseTaskKind: Int, Sendable, Hashable, CaseIterable {
    case stop = 1
    case recall = 2
    case sendBack = 3
    case replace = 4
    case restock = 5
}

/// The state of a warehouse task.
public enum WarehouseTaskState: Int, Sendable, Hashable, CaseIterable {
    case open = 1
    case leased = 2
    case done = 3
    /// Overtaken by what happened, such as a shipment before the stop.
    case moot = 4
}

/// A request to the warehouse about consecutive units of one order, leased and acknowledged.
public struct WarehouseTask: Sendable, Hashable {
    /// The identity.
    public var id: TaskID
    /// What kind it is.
    public var kind: WarehouseTaskKind
    /// The order it belongs to.
    public var orderID: OrderID
    /// Index in ``Order/lines``.
    public var line: Int
    /// Number of the first unit in the order.
    public var first: Int
    /// How many units, at least 1.
    public var count: Int
    /// Where it stands.
    public var state: WarehouseTaskState
    /// When it was made.
    public var createdAt: Instant
    /// Proof of the latest lease.
    public var leaseToken: Int64?
    /// When the lease ends.
    public var leasedUntil: Instant?

    /// Makes one from its parts.
    public init(
        id: TaskID, kind: WarehouseTaskKind, orderID: OrderID, line: Int, first: Int, count: Int,
        state: WarehouseTaskState, createdAt: Instant, leaseToken: Int64? = nil,
        leasedUntil: Instant? = nil
    ) {
        self.id = id
        self.kind = kind
        self.orderID = orderID
        self.line = line
        self.first = first
        self.count = count
        self.state = state
        self.createdAt = createdAt
        self.leaseToken = leaseToken
        self.leasedUntil = leasedUntil
    }
}
