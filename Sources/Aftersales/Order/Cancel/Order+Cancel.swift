// SPDX-License-Identifier: Apache-2.0

extension Order {
    /// Tells what ``cancel(_:context:)`` would do with the same command, and changes nothing.
    ///
    /// A closure that was not accepted is shown as if it were, except with `allowPartial`, which
    /// leaves such instances out. Refuses what the cancellation would refuse otherwise.
    public func previewCancel(
        _ command: CancelItems, context: DecisionContext
    ) throws(Rejection) -> CancelPreview {
        let accepted = command.acceptBundleClosure || !command.allowPartial
        let plan = try CancelPlan(command, order: self, closureAccepted: accepted)
        // Made as the effect is, so that preview and effect cannot differ.
        let (decision, outcome) = try decide(plan, command: command, context: context)
        var shown = outcome
        for index in shown.refunds.indices { shown.refunds[index].refundID = nil }
        return CancelPreview(
            outcome: shown,
            bundleClosureRequired: plan.takesMore && !command.acceptBundleClosure,
            version: decision.before.version)
    }

    /// Cancels selected units, closed over the bundles they belong to.
    ///
    /// OPEN units become CANCELED, units of touched bundles that are being picked STOP_REQUESTED
    /// with a task each. Uncaptured authorization is released first, only the excess becomes one
    /// obligation and its legs. Exactly one Message Center item.
    public func cancel(
        _ command: CancelItems, context: DecisionContext
    ) throws(Rejection) -> CancelDecision {
        let plan = try CancelPlan(
            command, order: self, closureAccepted: command.acceptBundleClosure)
        var (decision, outcome) = try decide(plan, command: command, context: context)
        let id = CancellationID(context.nextSequence)
        let message = MessageDraft.cancelConfirmed(outcome, order: self, policy: context.policy)
        decision.messages = [message]
        let confirmation = Confirmation(
            id: id, code: CrockfordBase32.text(id.value).uppercased(), title: message.title,
            text: message.text, outcome: outcome)
        return CancelDecision(change: decision.change, confirmation: confirmation)
    }

    private func decide(
        _ plan: CancelPlan, command: CancelItems, context: DecisionContext
    ) throws(Rejection) -> (OrderDecision, CancelOutcome) {
        var decision = OrderDecision(self, context: context)
        var taken = plan.canceled.map { Cancellation(run: $0, byBundle: false) }
        taken += plan.byBundle.map { Cancellation(run: $0, byBundle: true) }
        taken.sort { $0.run.first < $1.run.first }
        let given = try decision.cancel(taken, by: .cancel, reason: command.reason)
        try decision.requestStop(plan.stopping, reason: command.reason)
        let outcome = CancelOutcome(
            canceled: UnitAmount.list(plan.canceled, order: self),
            alsoCanceledByBundle: UnitAmount.list(plan.byBundle, order: self),
            stopping: UnitAmount.list(plan.stopping, order: self), skipped: plan.skipped,
            chargesReturned: given.charges, releases: given.releases,
            refunds: decision.tenderRefunds)
        return (decision, outcome)
    }
}
