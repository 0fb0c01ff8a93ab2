// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI

/// Orders for eyes.
enum OrderTables {
    /// One order: what it is, its lines with their units' states, its tenders.
    static func order(_ order: Order) -> [String] {
        let state =
            DisplayText.word(order.state) + (order.partiallyCanceled ? ", partially canceled" : "")
        var lines = [
            "order     \(DisplayText.line(order.orderID)) "
                + "(\(DisplayText.line(order.externalOrderID)))",
            "customer  \(DisplayText.line(order.customerID))",
            "state     \(state)",
            "payment   \(DisplayText.word(order.paymentState))",
            "placed    \(DisplayText.time(order.placedTime))",
            "total     \(MoneyText.text(order.grandTotal))",
            "refunded  \(MoneyText.text(order.refunded)), "
                + "\(MoneyText.text(order.refundPending)) pending",
            "version   \(order.version)",
            "",
        ]
        lines += items(order) + [""] + tenders(order.tenders)
        return lines
    }

    private static func items(_ order: Order) -> [String] {
        var table = TextTable(
            .text("LINE"), .text("SKU"), .text("TITLE"), .number("QTY"), .number("UNIT PRICE"),
            .text("BUNDLE"), .text("UNITS"))
        for line in order.lines {
            table.add(
                DisplayText.line(line.lineID), DisplayText.line(line.sku),
                DisplayText.line(line.title), String(line.quantity),
                MoneyText.text(line.unitListPrice), DisplayText.orDash(line.bundleID),
                states(of: line, in: order))
        }
        return table.lines
    }

    /// How many units of a line are in which state: `2 OPEN, 1 SHIPPED`.
    private static func states(of line: OrderLine, in order: Order) -> String {
        var counts: [(state: UnitState, count: Int64)] = []
        for range in order.units where range.lineID == line.lineID {
            if let index = counts.firstIndex(where: { $0.state == range.state }) {
                counts[index].count += range.count
            } else {
                counts.append((range.state, range.count))
            }
        }
        return counts.map { "\($0.count) \(DisplayText.word($0.state))" }.joined(separator: ", ")
    }

    private static func tenders(_ tenders: [Tender]) -> [String] {
        var table = TextTable(
            .text("TENDER"), .text("WHAT"), .text("STATE"), .number("AMOUNT"), .number("CAPTURED"),
            .number("RELEASED"), .number("REFUNDED"), .number("PENDING"))
        for tender in tenders {
            table.add(
                DisplayText.line(tender.tenderID),
                TenderText.name(tender.tenderClass, brand: tender.brand, last4: tender.last4),
                DisplayText.word(tender.state), MoneyText.text(tender.amount),
                MoneyText.text(tender.captured), MoneyText.text(tender.released),
                MoneyText.text(tender.refunded), MoneyText.text(tender.refundPending))
        }
        return table.lines
    }

    /// A page of orders.
    static func summaries(_ orders: [OrderSummary]) -> [String] {
        var table = TextTable(
            .text("ORDER"), .text("EXTERNAL ID"), .text("PLACED"), .text("STATE"), .text("PAYMENT"),
            .number("TOTAL"), .number("UNITS"), .number("CANCELED"))
        for order in orders {
            table.add(
                DisplayText.line(order.orderID), DisplayText.line(order.externalOrderID),
                DisplayText.time(order.placedTime), DisplayText.word(order.state),
                DisplayText.word(order.paymentState), MoneyText.text(order.grandTotal),
                String(order.unitCount), String(order.canceledCount))
        }
        return table.lines
    }

    /// For each range of units the action that is open, or why none is.
    static func actions(_ response: GetCancelOptionsResponse) -> [String] {
        var table = TextTable(
            .text("LINE"), .text("UNITS"), .number("COUNT"), .text("STATE"), .text("ACTION"),
            .text("REASON"), .number("UNIT TOTAL"))
        for option in response.options {
            table.add(
                DisplayText.line(option.lineID), UnitText.range(option.firstUnit, option.count),
                String(option.count), DisplayText.word(option.state),
                DisplayText.word(option.action), DisplayText.word(option.reason),
                MoneyText.text(option.unitTotal))
        }
        return table.lines
    }
}

/// Ranges of units for eyes.
enum UnitText {
    /// The numbers of the first and the last unit: `3-5`.
    static func range(_ firstUnit: Int64, _ count: Int64) -> String {
        count <= 1
            ? "\(firstUnit)"
            : "\(firstUnit)-\(firstUnit.addingReportingOverflow(count - 1).partialValue)"
    }
}
