// SPDX-License-Identifier: Apache-2.0

/// A cut run that is to be canceled.
struct Cancellation {
    var run: UnitRun
    /// Added by a bundle instance, not selected.
    var byBundle: Bool
}

/// What was given back beside the legs.
struct GivenBack {
    var charges: Int64 = 0
    var releases: [TenderRelease] = []
}

extension OrderDecision {
    /// Cancels cut runs, and gives back what the customer paid or was to pay for them.
    ///
    /// Shipping and other charges come with the last physical unit. The obligation's id is the
    /// sequence number of the first cut's event.
    mutating func cancel(
        _ cuts: [Cancellation], by event: UnitEvent, reason: CancelReason?
    ) throws(Rejection) -> GivenBack {
        guard !cuts.isEmpty else { return GivenBack() }
        let parameters = context.policy.parameters
        var gross: [Obligation.Part] = cuts.map { cut in
            let run = cut.run
            return Obligation.Part(
                subject: .units(line: run.line, first: run.first, count: run.count),
                amount: run.refundableTotal)
        }
        let takesCharges = isLastPhysical(cuts, parameters: parameters)
        let shipping = after.shipping.charged - after.shipping.refunded
        let other = after.otherCharges.charged - after.otherCharges.refunded
        if takesCharges {
            gross.append(Obligation.Part(subject: .shipping, amount: shipping))
            gross.append(Obligation.Part(subject: .otherCharges, amount: other))
        }
        gross.removeAll { $0.amount == 0 }
        let settlement = Settlement(of: gross, order: after, parameters: parameters)
        let id = ObligationID(nextSequence)
        let obligation = settlement.owed > 0 ? id : nil
        for cut in cuts {
            try move(
                cut.run, event,
                fact: { moved in
                    .unitCanceled(
                        run: moved, obligation: obligation, byBundle: cut.byBundle, reason: reason)
                },
                also: { $0.refunded = $0.allocated - $0.fee })
        }
        if takesCharges { cancelCharges(obligation: obligation) }
        if settledOrder.runs.allSatisfy({ $0.state == .canceled }) {
            appendOrderEvent(.orderCanceled)
        }
        settle(settlement, obligation: id, cause: .cancellation, fault: .customer)
        return GivenBack(
            charges: takesCharges ? shipping + other : 0, releases: settlement.releases(in: after))
    }

    /// Asks the warehouse to stop cut runs that are being picked: one task for each.
    mutating func requestStop(
        _ runs: [UnitRun], reason: CancelReason?
    ) throws(Rejection) {
        for run in runs {
            let task = TaskID(nextSequence)
            try move(run, .stopRequest) { moved in
                .unitStopRequested(run: moved, task: task, reason: reason)
            }
            tasks.append(
                WarehouseTask(
                    id: task, kind: .stop, orderID: after.id, line: run.line, first: run.first,
                    count: run.count, state: .open, createdAt: context.now))
        }
    }

    /// The legs made so far, for showing.
    var tenderRefunds: [TenderRefund] {
        legs.compactMap { leg in
            after.tenders.first { $0.id == leg.tenderID }.map { tender in
                TenderRefund(
                    refundID: leg.id, tender: TenderFace(tender), amount: leg.amount,
                    kind: leg.kind, state: leg.state)
            }
        }
    }

    /// Whether no physical unit is left that still brings shipping back later (ruling 8).
    private func isLastPhysical(_ cuts: [Cancellation], parameters: PolicyParameters) -> Bool {
        var left = 0
        for run in settledOrder.runs {
            switch run.state {
            case .canceled, .lost, .digital: continue
            case .returned where parameters.outboundRefundOnFullReturn: continue
            default: left += run.count
            }
        }
        return left == cuts.reduce(0) { $0 + $1.run.count }
    }
}
