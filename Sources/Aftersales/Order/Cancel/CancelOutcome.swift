// SPDX-License-Identifier: Apache-2.0

/// Consecutive like units with the amount of all of them together.
public struct UnitAmount: Sendable, Hashable {
    /// The storefront's id of the line.
    public var lineID: String
    /// One line, without markup.
    public var title: String
    /// Number of the first unit in the order.
    public var first: Int
    /// How many units, at least 1.
    public var count: Int
    /// Their frozen total, shipping aside.
    public var amount: Int64

    init(_ run: UnitRun, order: Order) {
        let line = order.lines[run.line]
        lineID = line.lineID
        title = line.title.isEmpty ? line.sku : line.title
        first = run.first
        count = run.count
        amount = run.refundableTotal
    }

    /// The units' amounts; neighbours of one line become one entry.
    static func list(_ runs: [UnitRun], order: Order) -> [UnitAmount] {
        var list: [UnitAmount] = []
        for run in runs {
            let next = UnitAmount(run, order: order)
            if let last = list.last, last.lineID == next.lineID,
                last.first + last.count == next.first
            {
                list[list.count - 1].count += next.count
                list[list.count - 1].amount += next.amount
            } else {
                list.append(next)
            }
        }
        return list
    }
}

/// What a cancellation takes, leaves and gives back; of a preview and of a confirmation alike.
public struct CancelOutcome: Sendable, Hashable {
    /// Selected units.
    public var canceled: [UnitAmount]
    /// Units that their bundle instances add.
    public var alsoCanceledByBundle: [UnitAmount]
    /// Units being picked that the warehouse is asked to stop; nothing is given back for them yet.
    public var stopping: [UnitAmount]
    /// Selected units that stay.
    public var skipped: [SkippedItem]
    /// Part of shipping and other charges in the amounts below.
    public var chargesReturned: Int64
    /// Authorization given up, per tender.
    public var releases: [TenderRelease]
    /// Legs, one per tender.
    public var refunds: [TenderRefund]

    /// What is given back in all, by release or refund.
    public var total: Int64 {
        releases.reduce(0) { $0 + $1.amount } + refunds.reduce(0) { $0 + $1.amount }
    }
}

/// What a cancellation would do.
public struct CancelPreview: Sendable, Hashable {
    /// How it ended.
    public var outcome: CancelOutcome
    /// The closure over bundles takes more than was selected, and has to be accepted.
    public var bundleClosureRequired: Bool
    /// The order's version it holds for.
    public var version: Int64
}

/// What the customer is shown and told once a cancellation is durable.
public struct Confirmation: Sendable, Hashable {
    /// The identity.
    public var id: CancellationID
    /// Short, to read out.
    public var code: String
    /// One line, without markup.
    public var title: String
    /// The same text as the Message Center item's.
    public var text: String
    /// How it ended.
    public var outcome: CancelOutcome
}

/// A cancellation decided: what is to be saved, and what to answer once it is.
public struct CancelDecision: Sendable, Hashable {
    /// What is to be saved.
    public var change: OrderChange
    /// What to answer once it is durable.
    public var confirmation: Confirmation
}
