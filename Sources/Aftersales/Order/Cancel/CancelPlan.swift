// SPDX-License-Identifier: Apache-2.0

/// What a cancellation would do: the one function behind preview and effect.
///
/// Judged in the order of the domain's ruling 17: arguments, version, each selected line, bundle
/// closure last.
struct CancelPlan {
    /// Selected OPEN units, as cut runs before the change, in unit order.
    private(set) var canceled: [UnitRun] = []
    /// OPEN units that their bundle instances add.
    private(set) var byBundle: [UnitRun] = []
    /// Units being picked that the warehouse is asked to stop.
    private(set) var stopping: [UnitRun] = []
    /// What stays, with `allowPartial`.
    private(set) var skipped: [SkippedItem] = []

    /// Whether anything is taken that was not selected.
    var takesMore: Bool { !byBundle.isEmpty || !stopping.isEmpty }

    init(_ command: CancelItems, order: Order, closureAccepted: Bool) throws(Rejection) {
        let index = LineIndex(order)
        let selected = try Self.resolve(command.selection, index: index)
        try Check.version(expected: command.expectedVersion, actual: order.version)
        var judgement = LineJudgement(order: order, index: index)
        var takes: [Take] = []
        for (item, line) in zip(command.selection.items, selected) {
            if let take = judgement.judge(line, quantity: item.quantity) { takes.append(take) }
        }
        if !command.allowPartial { try judgement.refuseSkipped() }
        var closure = BundleClosure(order: order, index: index, takes: takes)
        if !closureAccepted, closure.isRequired {
            if !command.allowPartial { throw closure.rejection }
            takes = closure.leaveOut(skipping: &judgement)
        }
        skipped = judgement.skipped
        if takes.isEmpty { throw judgement.firstRejection ?? closure.rejection }
        for take in takes {
            let runs = index.runs(take.line)
            canceled += UnitRuns.lowest(take.count, of: runs) { $0.state == .open }
        }
        canceled.sort { $0.first < $1.first }
        byBundle = closure.byBundle
        stopping = closure.stopping
    }

    /// So many open units of a line.
    struct Take {
        var line: Int
        var count: Int
    }

    /// Finds the selected lines; refuses what is wrong whatever the state.
    private static func resolve(
        _ selection: Selection, index: LineIndex
    ) throws(Rejection) -> [Int] {
        if selection.items.isEmpty { throw .emptySelection }
        try Check.count(
            selection.items.count, max: OrderLimits.lineCountMax, field: "selection")
        var seen: Set<Int> = []
        var lines: [Int] = []
        for (place, item) in selection.items.enumerated() {
            let field = "selection[\(place)]"
            guard let line = index.line(item.lineID) else {
                throw .unknownLine(field: field + ".line_id", lineID: item.lineID)
            }
            guard seen.insert(line).inserted else {
                throw .duplicateLine(field: field + ".line_id", lineID: item.lineID)
            }
            try Check.quantity(item.quantity, field: field + ".quantity")
            lines.append(line)
        }
        return lines
    }
}
