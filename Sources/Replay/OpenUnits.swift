// SPDX-License-Identifier: Apache-2.0

/// What one customer still has of the items bought, and which of it a C row takes back.
struct OpenUnits: Sendable {
    /// One item at one price: a C row matches nothing else.
    private struct Item: Hashable {
        let stockCode: String
        let pence: Int64
    }

    /// One line of an order with units left.
    private struct Line {
        let order: Int
        let lineNumber: Int
        var units: Int64
    }

    /// Units of one line that a C row takes.
    struct Taken {
        /// The order, by its place in the customer's history.
        let order: Int
        /// The line within the order, from 1.
        let lineNumber: Int
        /// How many units; at least 1.
        let units: Int64
    }

    private var lines: [Item: [Line]] = [:]

    /// Adds a line that was bought.
    ///
    /// Rows of one invoice may be a minute apart with another invoice between them: the line goes
    /// beside the others of its order, since it is the order's age that counts.
    mutating func add(_ row: RetailRow, order: Int, lineNumber: Int) {
        let item = Item(stockCode: row.stockCode, pence: row.pence)
        let line = Line(order: order, lineNumber: lineNumber, units: row.units)
        var open = lines[item] ?? []
        let place = open.lastIndex { $0.order <= order }.map { $0 + 1 } ?? 0
        open.insert(line, at: place)
        lines[item] = open
    }

    /// Takes the units of a C row from the newest orders, whole or not at all.
    ///
    /// - Returns: what was taken, newest first; nil when fewer units are left than the row wants,
    ///   and then nothing is taken.
    mutating func take(_ row: RetailRow) -> [Taken]? {
        let item = Item(stockCode: row.stockCode, pence: row.pence)
        var open = lines[item] ?? []
        guard open.reduce(0, { $0 + $1.units }) >= row.units else { return nil }
        var wanted = row.units
        var taken: [Taken] = []
        while wanted > 0, var newest = open.popLast() {
            let units = min(wanted, newest.units)
            taken.append(
                Taken(order: newest.order, lineNumber: newest.lineNumber, units: units))
            wanted -= units
            newest.units -= units
            if newest.units > 0 { open.append(newest) }
        }
        lines[item] = open
        return taken
    }
}
