// SPDX-License-Identifier: Apache-2.0

/// Consecutive units of one line that are alike in every column: the unit of storage.
///
/// Units of an order are numbered from 0 in import order, lines in order. All money is per unit, in
/// minor units of the order's currency, and frozen at import, except ``refunded`` and ``fee``.
public struct UnitRun: Sendable, Hashable {
    /// Index of the line in ``Order/lines``.
    public var line: Int
    /// Number of the first unit, counted over the whole order.
    public var first: Int
    /// How many units, at least 1.
    public var count: Int
    /// Where these units are.
    public var state: UnitState
    /// Price after line, bundle and order discounts, without tax.
    public var net: Int64
    /// Line tax plus the share of the order's tax.
    public var tax: Int64
    /// Share of the order's shipping, by price over physical units; refunded only by the rules for
    /// faults that are not the customer's.
    public var shippingShare: Int64
    /// What has been given back of ``allocated`` so far.
    ///
    /// It was claimed by obligations, or given up without having been captured. A canceled unit has
    /// given back everything, so no later decision can pay for it again.
    public var refunded: Int64
    /// What was kept as fees out of ``allocated``.
    public var fee: Int64
    /// The shipment these units are in, once picking began.
    public var shipment: ShipmentID?
    /// When they were delivered.
    public var deliveredAt: Instant?

    /// What one unit cost the customer: the most that can ever be refunded for it.
    public var allocated: Int64 { net + tax }

    /// The number after the last unit.
    public var end: Int { first + count }

    /// Makes a run.
    public init(
        line: Int, first: Int, count: Int, state: UnitState, net: Int64, tax: Int64,
        shippingShare: Int64 = 0, refunded: Int64 = 0, fee: Int64 = 0,
        shipment: ShipmentID? = nil, deliveredAt: Instant? = nil
    ) {
        self.line = line
        self.first = first
        self.count = count
        self.state = state
        self.net = net
        self.tax = tax
        self.shippingShare = shippingShare
        self.refunded = refunded
        self.fee = fee
        self.shipment = shipment
        self.deliveredAt = deliveredAt
    }
}
