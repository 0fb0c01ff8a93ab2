// SPDX-License-Identifier: Apache-2.0

/// How a warehouse task ended.
public enum TaskOutcome: Int, Sendable, Hashable, CaseIterable {
    /// Stopped: out of the parcel.
    case done = 1
    /// They had gone already.
    case tooLate = 2
    /// Not stopped; they go on in the shipping process.
    case failed = 3
    /// Given back without having been picked.
    case released = 4
}

/// What the warehouse reports about a STOP task.
public struct StopReport: Sendable, Hashable {
    /// Proof of the latest lease.
    public var leaseToken: Int64
    /// For all units that ``exceptions`` does not name.
    public var outcome: TaskOutcome
    /// Units for which it ended otherwise; not overlapping.
    public var exceptions: [Exception]

    /// Units for which it ended otherwise.
    public struct Exception: Sendable, Hashable {
        /// Number of the first unit in the order.
        public var first: Int
        /// How many units, at least 1.
        public var count: Int
        /// How it ended.
        public var outcome: TaskOutcome

        /// Makes an exception.
        public init(first: Int, count: Int, outcome: TaskOutcome) {
            self.first = first
            self.count = count
            self.outcome = outcome
        }
    }

    /// Makes a report.
    public init(leaseToken: Int64, outcome: TaskOutcome, exceptions: [Exception] = []) {
        self.leaseToken = leaseToken
        self.outcome = outcome
        self.exceptions = exceptions
    }

    /// The outcome of every unit of a task, as consecutive ranges.
    func outcomes(
        of task: WarehouseTask, lineID: String
    ) throws(Rejection) -> [(units: Range<Int>, outcome: TaskOutcome)] {
        var ranges: [(units: Range<Int>, outcome: TaskOutcome)] = []
        var next = task.first
        let end = task.first + task.count
        for exception in exceptions.sorted(by: { $0.first < $1.first }) {
            guard exception.first >= next, exception.count > 0, exception.count <= task.count,
                exception.first + exception.count <= end
            else {
                throw .unknownLine(field: "unit_outcomes", lineID: lineID)
            }
            if exception.first > next { ranges.append((next..<exception.first, outcome)) }
            next = exception.first + exception.count
            ranges.append((exception.first..<next, exception.outcome))
        }
        if next < end { ranges.append((next..<end, outcome)) }
        return ranges
    }
}

/// A STOP task acknowledged.
public struct StopDecision: Sendable, Hashable {
    /// nil when what came about by a carrier event stands.
    public var change: OrderChange?
    /// Units that became CANCELED.
    public var canceled: [UnitAmount] = []
    /// Units that turned out to be SHIPPED.
    public var shipped: [UnitAmount] = []
    /// Back in the shipping process.
    public var continuing: [UnitAmount] = []
    /// Part of shipping and other charges in the amounts below.
    public var chargesReturned: Int64 = 0
    /// Authorization given up, per tender.
    public var releases: [TenderRelease] = []
    /// Legs, one per tender.
    public var refunds: [TenderRefund] = []
}
