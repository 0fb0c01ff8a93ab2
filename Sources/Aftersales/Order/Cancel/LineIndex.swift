// SPDX-License-Identifier: Apache-2.0

/// Where each line's runs are, made once per decision.
struct LineIndex {
    private let order: Order
    private let byID: [String: Int]
    private let runRanges: [Range<Int>]

    init(_ order: Order) {
        self.order = order
        var byID: [String: Int] = [:]
        for (index, line) in order.lines.enumerated() { byID[line.lineID] = index }
        self.byID = byID
        var ranges = [Range<Int>](repeating: 0..<0, count: order.lines.count)
        var start = 0
        while start < order.runs.count {
            let line = order.runs[start].line
            var end = start + 1
            while end < order.runs.count, order.runs[end].line == line { end += 1 }
            ranges[line] = start..<end
            start = end
        }
        runRanges = ranges
    }

    /// The index of a line by the storefront's id.
    func line(_ lineID: String) -> Int? { byID[lineID] }

    /// The runs of a line, in unit order.
    func runs(_ line: Int) -> ArraySlice<UnitRun> { order.runs[runRanges[line]] }

    /// How many units of a line are in a state.
    func count(_ state: UnitState, in line: Int) -> Int {
        runs(line).reduce(0) { $0 + ($1.state == state ? $1.count : 0) }
    }
}
