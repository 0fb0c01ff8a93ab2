// SPDX-License-Identifier: Apache-2.0

/// One line of an invoice, or one C row, with every rule that concerns a row alone met.
public struct RetailRow: Sendable, Hashable {
    /// What a row says happened.
    public enum Kind: Sendable, Hashable {
        /// Units were sold.
        case sale
        /// Units sold before are canceled: the invoice number begins with C.
        case cancellation
    }

    /// Sold or canceled.
    public let kind: Kind
    /// The record's place in the file, from 0, the header not counted.
    public let index: Int
    /// The invoice number, with the C of a cancellation.
    public let invoice: String
    /// The item.
    public let stockCode: String
    /// What the item is called.
    public let description: String
    /// Units sold or canceled; at least 1.
    public let units: Int64
    /// The price of one unit in pence; at least 1.
    public let pence: Int64
    /// When the row was written.
    public let date: InvoiceDate
    /// The customer's number, without the `.0` that spreadsheets add.
    public let customer: String

    /// What the row is worth in pence.
    public var amount: Int64 { units * pence }
}

/// Why a row is left out of the replay.
public enum Omission: String, Error, Sendable, Hashable, CaseIterable {
    /// No customer is named.
    case noCustomer = "without customer"
    /// The price is zero or negative.
    case priceNotPositive = "price not positive"
    /// The price has a fraction of a penny.
    case priceFinerThanAPenny = "price finer than a penny"
    /// A sale of no or negative units, or a C row that takes back none.
    case quantityNotPositive = "quantity not positive"
    /// A column is missing or is not what it should be.
    case unreadable = "unreadable"
    /// A C row for more units than the customer has left of that item at that price.
    case nothingToCancel = "C row with nothing to cancel"
}
