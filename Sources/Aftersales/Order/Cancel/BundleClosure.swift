// SPDX-License-Identifier: Apache-2.0

/// What discounted bundles add to a selection.
///
/// An instance that is touched goes whole, as far as it has not shipped: OPEN units are canceled,
/// units being picked are to be stopped, digital ones never enter. Another instance of the same
/// bundle is not touched.
struct BundleClosure {
    /// OPEN units beyond the selected ones, as cut runs, in unit order.
    private(set) var byBundle: [UnitRun] = []
    /// Units being picked.
    private(set) var stopping: [UnitRun] = []
    /// Per line of a touched instance that something is taken of.
    private(set) var items: [ClosureItem] = []

    private let order: Order
    private let index: LineIndex
    private let takes: [CancelPlan.Take]

    init(order: Order, index: LineIndex, takes: [CancelPlan.Take]) {
        self.order = order
        self.index = index
        self.takes = takes
        var selected: [Int: Int] = [:]
        for take in takes { selected[take.line] = take.count }
        let touched = Set(takes.compactMap { order.lines[$0.line].bundle?.bundleID })
        guard !touched.isEmpty else { return }
        for (line, content) in order.lines.enumerated() {
            guard let bundleID = content.bundle?.bundleID, touched.contains(bundleID) else {
                continue
            }
            close(line, bundleID: bundleID, selected: selected[line] ?? 0)
        }
    }

    /// Whether the closure takes anything that was not selected.
    var isRequired: Bool { !byBundle.isEmpty || !stopping.isEmpty }

    /// The refusal with the full list.
    var rejection: Rejection {
        let extended = instancesThatAdd
        return .bundleClosureRequired(items.filter { extended.contains($0.bundleID) })
    }

    /// The takes without those of instances that would take more, which are skipped whole.
    mutating func leaveOut(skipping judgement: inout LineJudgement) -> [CancelPlan.Take] {
        let extended = instancesThatAdd
        var rest: [CancelPlan.Take] = []
        for take in takes {
            guard let bundleID = order.lines[take.line].bundle?.bundleID,
                extended.contains(bundleID)
            else {
                rest.append(take)
                continue
            }
            judgement.skip(
                take.line, quantity: take.count, open: index.count(.open, in: take.line),
                reason: .bundleClosureRequired)
        }
        byBundle = []
        stopping = []
        return rest
    }

    private var instancesThatAdd: Set<String> {
        Set(items.filter { $0.canceling > $0.selected || $0.stopping > 0 }.map(\.bundleID))
    }

    private mutating func close(_ line: Int, bundleID: String, selected: Int) {
        var left = selected
        var canceling = 0
        var picked = 0
        for var run in index.runs(line) {
            switch run.state {
            case .open:
                canceling += run.count
                let own = min(left, run.count)
                left -= own
                run.first += own
                run.count -= own
                if run.count > 0 { byBundle.append(run) }
            case .inProcess:
                picked += run.count
                stopping.append(run)
            default: continue
            }
        }
        guard canceling + picked > 0 else { return }
        items.append(
            ClosureItem(
                lineID: order.lines[line].lineID, bundleID: bundleID, canceling: canceling,
                selected: selected, stopping: picked))
    }
}
