// SPDX-License-Identifier: Apache-2.0

import Replay

/// Files in the retailer's layout, for tests.
enum Shop {
    static let header =
        "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country"

    /// A file with the header and these lines.
    static func file(_ lines: [String]) throws -> RetailFile {
        var file = RetailFile()
        try file.read(Array(([header] + lines).map { $0 + "\n" }.joined().utf8))
        try file.finish()
        return file
    }

    /// The plan of a file with these lines.
    static func plan(_ lines: String...) throws -> ReplayPlan {
        ReplayPlan(try file(lines))
    }

    /// One line of a file, about the item A.
    static func line(
        _ invoice: String, _ quantity: Int64, at date: String = "1", price: String = "1.25",
        customer: String = "13085.0"
    ) -> String {
        line(invoice, "A", quantity, at: date, price: price, customer: customer)
    }

    /// One line of a file.
    static func line(
        _ invoice: String, _ stockCode: String, _ quantity: Int64, at date: String = "1",
        price: String = "1.25", customer: String = "13085.0"
    ) -> String {
        let day = date.count == 1 ? "0" + date : date
        return "\(invoice),\(stockCode),THING,\(quantity),2010-01-\(day) 07:45:00,\(price),"
            + "\(customer),United Kingdom"
    }
}

extension ReplayPlan {
    /// The cancellations of the first customer.
    var cancellations: [CustomerHistory.Cancellation] {
        (histories.first?.steps ?? []).compactMap { step in
            guard case .cancellation(let cancellation) = step.action else { return nil }
            return cancellation
        }
    }

    /// The first cancellation's parts as `invoice: line×units …`.
    var firstCancellation: [String] {
        guard let orders = histories.first?.orders else { return [] }
        return (cancellations.first?.parts ?? []).map { part in
            orders[part.order].invoice + ":"
                + part.selection.map { " \($0.lineNumber)×\($0.units)" }.joined()
        }
    }
}

/// SplitMix64: the same numbers for the same seed everywhere.
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
