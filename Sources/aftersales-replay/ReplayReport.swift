// SPDX-License-Identifier: Apache-2.0

import Replay
import TerminalText

/// What a replay came to, beside what the plan expected.
struct ReplayReport {
    private let plan: ReplayPlan
    private let results: ReplayResults
    private let took: Duration

    init(_ plan: ReplayPlan, _ results: ReplayResults, took: Duration) {
        self.plan = plan
        self.results = results
        self.took = took
    }

    /// The daemon's figures are the plan's.
    var isAsPlanned: Bool { results.totals == plan.totals }

    /// For the screen.
    var lines: [String] {
        [""] + figures.lines() + [""] + omitted.lines() + [""] + [speed, verdict]
    }

    private var figures: TextTable {
        var table = TextTable("carried out", .right("by the daemon"), .right("by the plan"))
        let (done, planned) = (results.totals, plan.totals)
        func add(_ name: String, _ done: String, _ planned: String) {
            table.add(name, done, planned)
        }
        add("orders", Figures.grouped(done.orders), Figures.grouped(planned.orders))
        add("units", Figures.grouped(done.units), Figures.grouped(planned.units))
        add(
            "cancellations", Figures.grouped(done.cancellations),
            Figures.grouped(planned.cancellations))
        add(
            "  calls for them", Figures.grouped(done.cancelCalls),
            Figures.grouped(planned.cancelCalls))
        add("pounds refunded", Figures.money(done.refunded), Figures.money(planned.refunded))
        return table
    }

    private var omitted: TextTable {
        var table = TextTable("rows left out", .right("rows"))
        for reason in Omission.allCases {
            let count = plan.omitted[reason] ?? 0
            if count > 0 { table.add(reason.rawValue, Figures.grouped(count)) }
        }
        return table
    }

    private var speed: String {
        let seconds = max(0.001, took / .seconds(1))
        let tenths = Int(seconds * 10)
        return "\(Figures.grouped(results.calls)) calls in \(tenths / 10).\(tenths % 10) s: "
            + "\(Figures.grouped(Int(Double(results.calls) / seconds))) calls/s"
    }

    private var verdict: String {
        isAsPlanned
            ? "The daemon's figures are the plan's."
            : "THE DAEMON'S FIGURES ARE NOT THE PLAN'S."
    }
}
