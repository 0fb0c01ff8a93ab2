// SPDX-License-Identifier: Apache-2.0

/// Writes one customer's history, row by row in order of time.
struct HistoryWriter: Sendable {
    private(set) var history: CustomerHistory
    private var placeOfInvoice: [String: Int] = [:]
    private var open = OpenUnits()

    init(customer: String) {
        history = CustomerHistory(customer: customer)
    }

    /// Adds the next row.
    ///
    /// - Parameters:
    ///   - row: a row of this customer.
    ///   - moment: the row's place among all rows in time.
    /// - Throws: `Omission.nothingToCancel`.
    mutating func add(_ row: RetailRow, moment: Int) throws(Omission) {
        switch row.kind {
        case .sale: buy(row, moment: moment)
        case .cancellation: try cancel(row, moment: moment)
        }
    }

    private mutating func buy(_ row: RetailRow, moment: Int) {
        let place = placeOfInvoice[row.invoice] ?? history.orders.count
        if place == history.orders.count {
            placeOfInvoice[row.invoice] = place
            history.orders.append(.init(invoice: row.invoice, date: row.date, lines: []))
            history.steps.append(.init(moment: moment, action: .order(place)))
        }
        history.orders[place].lines.append(row)
        open.add(row, order: place, lineNumber: history.orders[place].lines.count)
    }

    private mutating func cancel(_ row: RetailRow, moment: Int) throws(Omission) {
        guard let taken = open.take(row) else { throw .nothingToCancel }
        var parts: [CustomerHistory.Part] = []
        for one in taken {
            if parts.last?.order != one.order {
                parts.append(.init(order: one.order, selection: [], amount: 0))
            }
            let last = parts.count - 1
            parts[last].selection.append(.init(lineNumber: one.lineNumber, units: one.units))
            parts[last].amount += one.units * row.pence
        }
        history.steps.append(
            .init(moment: moment, action: .cancellation(.init(row: row, parts: parts))))
    }
}
