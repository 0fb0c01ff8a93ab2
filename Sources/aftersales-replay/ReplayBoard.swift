// SPDX-License-Identifier: Apache-2.0

import Replay
import Synchronization

/// What the callers share: whose turn it is, the ids of the orders, and what came back.
final class ReplayBoard: Sendable {
    private struct State {
        var schedule: Schedule
        var orderIDs: [[String?]]
        var results = ReplayResults()
    }

    private let state: Mutex<State>

    init(_ histories: [CustomerHistory]) {
        state = Mutex(
            State(
                schedule: Schedule(histories),
                orderIDs: histories.map { Array(repeating: nil, count: $0.orders.count) }))
    }

    var results: ReplayResults { state.withLock { $0.results } }

    func next() -> Schedule.Turn? { state.withLock { $0.schedule.next() } }

    /// Notes the outcome of a step and frees its customer.
    func finish(_ turn: Schedule.Turn, _ outcome: StepOutcome) {
        state.withLock { state in
            state.results.add(outcome)
            if case .imported(let place, let orderID, _) = outcome {
                state.orderIDs[turn.customer][place] = orderID
            }
            state.schedule.finish(turn)
        }
    }

    func orderID(customer: Int, order: Int) -> String? {
        state.withLock { $0.orderIDs[customer][order] }
    }
}

/// What the daemon answered to one step.
enum StepOutcome: Sendable {
    /// An order with this place in the history, its id and its units.
    case imported(order: Int, orderID: String, units: Int64)
    /// A C row, with the calls it took and the pence that go back.
    case canceled(calls: Int, refunded: Int64)
}

/// The figures of the daemon's replies.
struct ReplayResults: Sendable {
    /// What was done.
    var totals = ReplayPlan.Totals()
    /// Calls answered.
    var calls: Int { totals.orders + totals.cancelCalls }

    mutating func add(_ outcome: StepOutcome) {
        switch outcome {
        case .imported(_, _, let units):
            totals.orders += 1
            totals.units += units
        case .canceled(let calls, let refunded):
            totals.cancellations += 1
            totals.cancelCalls += calls
            totals.refunded += refunded
        }
    }
}
