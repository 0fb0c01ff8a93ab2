// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import Replay
import TTRPC

/// Carries a plan out, with many callers in flight.
struct ReplayRun: Sendable {
    private let plan: ReplayPlan
    private let desk: AftersalesClient
    private let board: ReplayBoard

    /// Repeating a call does no harm: each carries its key.
    private static let options = CallOptions(timeout: .seconds(120), isIdempotent: true)

    init(_ plan: ReplayPlan, desk: AftersalesClient) {
        self.plan = plan
        self.desk = desk
        board = ReplayBoard(plan.histories)
    }

    /// Carries out every step.
    ///
    /// - Parameter callers: how many calls are in flight at most.
    /// - Returns: the figures of the daemon's replies.
    /// - Throws: `ReplayFailure` of the first call that failed; the others are given up.
    func carryOut(callers: Int) async throws -> ReplayResults {
        let progress = ReplayProgress(calls: plan.totals.orders + plan.totals.cancelCalls)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<callers {
                group.addTask { try await call() }
            }
            let watch = Task { await progress.watch(board) }
            defer { watch.cancel() }
            try await group.waitForAll()
        }
        progress.finish(board.results.calls)
        return board.results
    }

    private func call() async throws {
        while let turn = board.next() {
            let history = plan.histories[turn.customer]
            switch history.steps[turn.step].action {
            case .order(let place):
                board.finish(turn, try await importOrder(place, of: history))
            case .cancellation(let cancellation):
                board.finish(turn, try await cancel(cancellation, turn.customer))
            }
        }
    }

    private func importOrder(
        _ place: Int, of history: CustomerHistory
    ) async throws -> StepOutcome {
        let order = history.orders[place]
        let request = ReplayCalls.importOrder(order, customer: history.customer)
        do {
            let reply = try await desk.orders.importOrder(request, options: Self.options)
            guard let stored = reply.order else { throw ReplayFailure.emptyReply(order.invoice) }
            return .imported(
                order: place, orderID: stored.orderID,
                units: stored.units.reduce(0) { $0 + $1.count })
        } catch let error as RPCError {
            throw ReplayFailure.refused(order.invoice, error)
        }
    }

    /// The orders of a C row are asked one after the other, newest first.
    private func cancel(
        _ cancellation: CustomerHistory.Cancellation, _ customer: Int
    ) async throws -> StepOutcome {
        var refunded: Int64 = 0
        let row = cancellation.row
        for part in cancellation.parts {
            let invoice = plan.histories[customer].orders[part.order].invoice
            guard let orderID = board.orderID(customer: customer, order: part.order) else {
                throw ReplayFailure.emptyReply(invoice)
            }
            let request = ReplayCalls.cancelItems(
                part, of: row, invoice: invoice, orderID: orderID)
            do {
                let reply = try await desk.orders.cancelItems(request, options: Self.options)
                refunded += reply.confirmation?.refundedMinorUnits ?? 0
            } catch {
                throw ReplayFailure.refused("\(row.invoice) of order \(invoice)", error)
            }
        }
        return .canceled(calls: cancellation.parts.count, refunded: refunded)
    }
}

/// Why a replay ended early.
enum ReplayFailure: Error, CustomStringConvertible {
    /// The daemon refused what the plan expects it to do.
    case refused(String, RPCError)
    /// The daemon answered without an order.
    case emptyReply(String)

    var description: String {
        switch self {
        case .refused(let invoice, let error): "invoice \(invoice): \(error)"
        case .emptyReply(let invoice): "invoice \(invoice): the reply holds no order"
        }
    }
}

extension CancelConfirmation {
    /// What goes back to the customer's tenders.
    fileprivate var refundedMinorUnits: Int64 {
        refunds.reduce(0) { $0 + ($1.amount?.minorUnits ?? 0) }
    }
}
