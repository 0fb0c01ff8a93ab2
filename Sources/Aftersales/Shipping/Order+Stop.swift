// SPDX-License-Identifier: Apache-2.0

extension Order {
    /// Ends a STOP task as the warehouse reports it.
    ///
    /// Stopped units become CANCELED with the money as in a cancellation, units that had gone
    /// already SHIPPED, the others go back to IN_PROCESS. The customer gets one message. A task
    /// that a carrier event overtook is taken as it is, without effect.
    public func acknowledgeStop(
        _ task: WarehouseTask, report: StopReport, context: DecisionContext
    ) throws(Rejection) -> StopDecision {
        guard task.orderID == id, lines.indices.contains(task.line) else { throw .taskNotFound }
        guard task.kind == .stop else { throw .outcome(field: "outcome") }
        try task.requireLease(report.leaseToken)
        switch task.state {
        case .moot: return StopDecision(change: nil)
        case .done: throw .invalidTransition(from: "DONE", event: "ACK")
        case .open, .leased: break
        }
        let outcomes = try report.outcomes(of: task, lineID: lines[task.line].lineID)
        var decision = OrderDecision(self, context: context)
        var result = StopDecision(change: nil)
        let canceled = stopping(outcomes) { $0 == .done || $0 == .released }
        let given = try decision.cancel(
            canceled.map { Cancellation(run: $0, byBundle: true) }, by: .stopOK, reason: nil)
        result.canceled = UnitAmount.list(canceled, order: self)
        for run in stopping(outcomes, where: { $0 == .tooLate }) {
            try decision.move(run, .ship) { .unitShipped(run: $0) }
            result.shipped.append(UnitAmount(run, order: self))
        }
        for run in stopping(outcomes, where: { $0 == .failed }) {
            try decision.move(run, .stopFailed) { .unitStopFailed(run: $0, task: task.id) }
            result.continuing.append(UnitAmount(run, order: self))
        }
        result.chargesReturned = given.charges
        result.releases = given.releases
        result.refunds = decision.tenderRefunds
        var ended = task
        ended.state = .done
        decision.tasks = [ended]
        if !decision.events.isEmpty {
            decision.messages = [.stopResult(result, order: self, policy: context.policy)]
        }
        result.change = decision.change
        return result
    }

    /// Units still to be stopped among those with a certain outcome, as cut runs.
    private func stopping(
        _ outcomes: [(units: Range<Int>, outcome: TaskOutcome)],
        where matches: (TaskOutcome) -> Bool
    ) -> [UnitRun] {
        outcomes.filter { matches($0.outcome) }.flatMap {
            UnitRuns.within($0.units, of: runs[...]).filter { $0.state == .stopRequested }
        }
    }
}

extension MessageDraft {
    /// Tells the customer how the attempt to stop ended, either way.
    static func stopResult(_ result: StopDecision, order: Order, policy: Policy) -> MessageDraft {
        var values = MessageValues(order)
        values.set("canceled", units: result.canceled)
        values.set("shipped", units: result.shipped)
        values.set("continuing", units: result.continuing)
        values.setMoney(
            CancelOutcome(
                canceled: result.canceled, alsoCanceledByBundle: [], stopping: [], skipped: [],
                chargesReturned: result.chargesReturned, releases: result.releases,
                refunds: result.refunds))
        return values.draft(.stopResult, policy: policy)
    }
}
