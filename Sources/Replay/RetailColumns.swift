// SPDX-License-Identifier: Apache-2.0

/// Where the columns of the layout *Online Retail II* are in one file.
public struct RetailColumns: Sendable, Hashable {
    /// The header lacks columns.
    public struct MissingColumns: Error, Sendable, Hashable {
        /// The names that are missing, as the layout spells them.
        public let names: [String]
    }

    /// Bounds of a row's figures: a product of both stays far below what overflows.
    private static let unitsMax: Int64 = 1_000_000

    private let invoice: Int
    private let stockCode: Int
    private let description: Int
    private let quantity: Int
    private let date: Int
    private let price: Int
    private let customer: Int
    private let count: Int

    /// Finds the columns by their names.
    ///
    /// - Parameter header: the first record of the file.
    /// - Throws: `MissingColumns`.
    public init(header: [String]) throws(MissingColumns) {
        var missing: [String] = []
        func place(_ name: String) -> Int {
            if let index = header.firstIndex(of: name) { return index }
            missing.append(name)
            return 0
        }
        invoice = place("Invoice")
        stockCode = place("StockCode")
        description = place("Description")
        quantity = place("Quantity")
        date = place("InvoiceDate")
        price = place("Price")
        customer = place("Customer ID")
        count = header.count
        guard missing.isEmpty else { throw MissingColumns(names: missing) }
    }

    /// Reads one record.
    ///
    /// The reasons are looked for in the order customer, price, quantity, so that a row which has
    /// several is counted once and always under the same.
    ///
    /// - Parameters:
    ///   - record: the fields.
    ///   - index: the record's place in the file, from 0.
    /// - Returns: the typed row.
    /// - Throws: the reason why the row is left out.
    public func row(_ record: [String], index: Int) throws(Omission) -> RetailRow {
        guard record.count == count, !record[invoice].isEmpty, !record[stockCode].isEmpty else {
            throw .unreadable
        }
        guard !record[customer].isEmpty else { throw .noCustomer }
        guard let price = PriceText(record[price]), let quantity = Int64(record[quantity]),
            let date = InvoiceDate(record[date])
        else { throw .unreadable }
        guard price != .finerThanAPenny else { throw .priceFinerThanAPenny }
        guard case .pence(let pence) = price, pence > 0 else { throw .priceNotPositive }

        let kind: RetailRow.Kind = record[invoice].hasPrefix("C") ? .cancellation : .sale
        let units = kind == .sale ? quantity : 0 - quantity
        guard units > 0 else { throw .quantityNotPositive }
        guard units <= Self.unitsMax else { throw .unreadable }
        return RetailRow(
            kind: kind, index: index, invoice: record[invoice], stockCode: record[stockCode],
            description: record[description], units: units, pence: pence, date: date,
            customer: Self.number(record[customer]))
    }

    /// A customer number went through a spreadsheet's floating point: `13085.0` is `13085`.
    private static func number(_ text: String) -> String {
        text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
