// SPDX-License-Identifier: Apache-2.0

/// What the whole file asks of the daemon: each customer's history, and what was left out.
public struct ReplayPlan: Sendable {
    /// The figures of a plan, or of what came of it.
    public struct Totals: Sendable, Hashable {
        /// Invoices.
        public var orders = 0
        /// Units on them.
        public var units: Int64 = 0
        /// C rows that found what they cancel.
        public var cancellations = 0
        /// Calls that those take: one per order touched.
        public var cancelCalls = 0
        /// What comes back, in pence.
        public var refunded: Int64 = 0

        /// Nothing yet.
        public init() {}
    }

    /// One history per customer, in the order of their first rows.
    public let histories: [CustomerHistory]
    /// Rows left out, by reason.
    public let omitted: [Omission: Int]
    /// What carrying out the plan must come to.
    public let totals: Totals

    /// Plans the replay of a file.
    ///
    /// Rows are taken in the order of their dates, and rows of the same date in the file's order.
    ///
    /// - Parameter file: the rows and the omissions found while reading them.
    public init(_ file: RetailFile) {
        var omitted = file.omitted
        var writers: [HistoryWriter] = []
        var placeOfCustomer: [String: Int] = [:]
        let inOrder = file.rows.sorted { ($0.date, $0.index) < ($1.date, $1.index) }
        for (moment, row) in inOrder.enumerated() {
            let place = placeOfCustomer[row.customer] ?? writers.count
            if place == writers.count {
                placeOfCustomer[row.customer] = place
                writers.append(HistoryWriter(customer: row.customer))
            }
            do {
                try writers[place].add(row, moment: moment)
            } catch {
                omitted[error, default: 0] += 1
            }
        }
        histories = writers.map(\.history).filter { !$0.steps.isEmpty }
        self.omitted = omitted
        totals = histories.reduce(into: Totals()) { $0.add($1) }
    }
}

extension ReplayPlan.Totals {
    fileprivate mutating func add(_ history: CustomerHistory) {
        orders += history.orders.count
        units += history.orders.reduce(0) { $0 + $1.units }
        for step in history.steps {
            guard case .cancellation(let cancellation) = step.action else { continue }
            cancellations += 1
            cancelCalls += cancellation.parts.count
            refunded += cancellation.parts.reduce(0) { $0 + $1.amount }
        }
    }
}
