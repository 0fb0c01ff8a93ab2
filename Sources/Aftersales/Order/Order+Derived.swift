// SPDX-License-Identifier: Apache-2.0

/// Where an order is, derived from its units and never set.
public enum OrderState: Int, Sendable, Hashable, CaseIterable {
    case placed = 1
    case partiallyShipped = 2
    case shipped = 3
    case delivered = 4
    case canceled = 5
    case closed = 6
}

/// Where an order's money is, derived from its tenders and never set.
public enum PaymentState: Int, Sendable, Hashable, CaseIterable {
    case unpaid = 1
    case authorized = 2
    case partiallyCaptured = 3
    case captured = 4
    case partiallyRefunded = 5
    case refunded = 6
    case disputed = 7
    /// Nothing was captured and everything was given up.
    case voided = 8
}

/// How many units of a line are in each state.
public struct LineCounters: Sendable, Hashable {
    private var counts = [Int](repeating: 0, count: UnitState.allCases.count + 1)

    init() {}

    /// Units in a state.
    public internal(set) subscript(state: UnitState) -> Int {
        get { counts[state.rawValue] }
        set { counts[state.rawValue] = newValue }
    }

    /// Units in all; equals the line's quantity.
    public var total: Int { counts.reduce(0, +) }
}

extension Order {
    /// The first that fits, in the order of the domain's ruling 20.
    public var state: OrderState {
        if isInCanceledView { return .canceled }
        let isRefunding = tenders.contains { $0.refundPending > 0 }
        if !isRefunding, !runs.contains(where: { $0.state.isLive }) { return .closed }
        var kept: UnitStates = []
        for run in runs where run.state != .canceled && run.state != .digital {
            kept.insert(UnitStates(run.state))
        }
        // What was lost says nothing about the rest, unless there is no rest.
        let lost = UnitStates(.lost)
        if kept != lost { kept.remove(lost) }
        if kept.isDisjoint(with: .gone) { return .placed }
        if kept.isSubset(of: .arrived) { return .delivered }
        return kept.isSubset(of: .gone) ? .shipped : .partiallyShipped
    }

    /// Whether every unit is CANCELED: the view of Canceled Orders.
    public var isInCanceledView: Bool {
        runs.allSatisfy { $0.state == .canceled }
    }

    /// Whether some units are CANCELED and not all.
    public var isPartiallyCanceled: Bool {
        !isInCanceledView && runs.contains { $0.state == .canceled }
    }

    /// Whether something is still on its way: the view of open orders.
    public var isInOpenView: Bool {
        runs.contains { run in
            switch run.state {
            case .open, .inProcess, .stopRequested, .shipped, .returning: true
            case .delivered, .inInspection, .inRepair, .returned, .lost, .canceled, .digital: false
            }
        }
    }

    /// The payment view; only settled refunds count as refunded.
    public var paymentState: PaymentState {
        let captured = tenders.reduce(0) { $0 + $1.captured }
        let refunded = tenders.reduce(0) { $0 + $1.refundSettled }
        if captured > 0 {
            if refunded == captured { return .refunded }
            if refunded > 0 { return .partiallyRefunded }
            return tenders.allSatisfy { $0.uncaptured == 0 } ? .captured : .partiallyCaptured
        }
        let tenders = tenders.filter { $0.amount > 0 }
        if !tenders.isEmpty, tenders.allSatisfy({ $0.uncaptured == 0 }) { return .voided }
        return tenders.contains { $0.state == .authorized } ? .authorized : .unpaid
    }

    /// For each line, how many of its units are in each state.
    public var lineCounters: [LineCounters] {
        var counters = [LineCounters](repeating: LineCounters(), count: lines.count)
        for run in runs { counters[run.line][run.state] += run.count }
        return counters
    }
}

/// A set of unit states in one machine word: it is built on every read of an order.
private struct UnitStates: OptionSet {
    let rawValue: Int

    init(rawValue: Int) {
        self.rawValue = rawValue
    }

    init(_ state: UnitState) {
        self.init(rawValue: 1 << state.rawValue)
    }

    private init(_ states: [UnitState]) {
        self.init(rawValue: states.reduce(0) { $0 | 1 << $1.rawValue })
    }

    /// With the customer, or back.
    static let arrived = UnitStates([.delivered, .inInspection, .inRepair, .returned])
    /// Handed to a carrier at some time.
    static let gone = arrived.union(UnitStates([.shipped, .returning, .lost]))
}
