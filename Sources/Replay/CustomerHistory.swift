// SPDX-License-Identifier: Apache-2.0

/// What one customer did, in order.
public struct CustomerHistory: Sendable, Hashable {
    /// An invoice: an order with one line per row, so that an item may stand on it twice.
    public struct Order: Sendable, Hashable {
        /// The invoice number: the order's external id.
        public let invoice: String
        /// When its first row was written.
        public let date: InvoiceDate
        /// The lines; line number n is at place n − 1.
        public internal(set) var lines: [RetailRow]

        /// What the customer paid, in pence.
        public var amount: Int64 { lines.reduce(0) { $0 + $1.amount } }
        /// How many units were bought.
        public var units: Int64 { lines.reduce(0) { $0 + $1.units } }
    }

    /// Units of one line to be canceled.
    public struct Selection: Sendable, Hashable {
        /// The line within its order, from 1.
        public let lineNumber: Int
        /// How many units; at least 1.
        public internal(set) var units: Int64
    }

    /// The share of a C row that one order bears: one call of CancelItems.
    public struct Part: Sendable, Hashable {
        /// The order, by its place in ``CustomerHistory/orders``.
        public let order: Int
        /// The lines, newest first.
        public internal(set) var selection: [Selection]
        /// What comes back for it, in pence.
        public internal(set) var amount: Int64
    }

    /// A C row that found what it cancels.
    public struct Cancellation: Sendable, Hashable {
        /// The row.
        public let row: RetailRow
        /// One part per order, newest order first.
        public let parts: [Part]
    }

    /// One thing the customer did.
    public struct Step: Sendable, Hashable {
        /// What it was.
        public enum Action: Sendable, Hashable {
            /// Bought: the order at this place in ``CustomerHistory/orders``.
            case order(Int)
            /// Canceled.
            case cancellation(Cancellation)
        }

        /// The place of its row among all rows of the file in order of time.
        public let moment: Int
        /// Bought or canceled.
        public let action: Action
    }

    /// The customer's number.
    public let customer: String
    /// The orders, oldest first.
    public internal(set) var orders: [Order] = []
    /// Orders and cancellations, oldest first.
    public internal(set) var steps: [Step] = []
}
