// SPDX-License-Identifier: Apache-2.0

import HeapModule

/// Hands out the steps of all histories to many workers, each customer's in order.
///
/// A customer whose step is being carried out has no other step to give; among the rest the
/// earliest step goes first, so the whole replay follows the file's time as nearly as it can.
/// A worker that gets none may stop: whoever finishes a step asks for the next one itself, so a
/// step never waits for a worker that has gone.
public struct Schedule: Sendable {
    /// One step to carry out.
    public struct Turn: Sendable, Hashable {
        /// The customer, by place in the histories.
        public let customer: Int
        /// The step, by place in the customer's history.
        public let step: Int
    }

    private struct Waiting: Comparable {
        let moment: Int
        let turn: Turn

        static func < (left: Self, right: Self) -> Bool { left.moment < right.moment }
    }

    private let moments: [[Int]]
    private var waiting: Heap<Waiting>

    /// A schedule in which nothing is done yet.
    ///
    /// - Parameter histories: what is to be carried out.
    public init(_ histories: [CustomerHistory]) {
        moments = histories.map { $0.steps.map(\.moment) }
        waiting = Heap()
        for customer in moments.indices { wait(Turn(customer: customer, step: 0)) }
    }

    /// Takes the earliest step whose customer is free.
    ///
    /// - Returns: nil when every step left belongs to a customer who is being served.
    public mutating func next() -> Turn? {
        waiting.popMin()?.turn
    }

    /// Says that a step is done, which frees its customer.
    ///
    /// - Parameter turn: what ``next()`` gave.
    public mutating func finish(_ turn: Turn) {
        wait(Turn(customer: turn.customer, step: turn.step + 1))
    }

    private mutating func wait(_ turn: Turn) {
        guard turn.step < moments[turn.customer].count else { return }
        waiting.insert(Waiting(moment: moments[turn.customer][turn.step], turn: turn))
    }
}
