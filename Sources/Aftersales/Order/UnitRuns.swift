// SPDX-License-Identifier: Apache-2.0

/// Cutting and joining runs of units; every operation costs by runs, never by units.
enum UnitRuns {
    /// Joins neighbours that are alike in every column.
    static func merged(_ runs: [UnitRun]) -> [UnitRun] {
        var result: [UnitRun] = []
        result.reserveCapacity(runs.count)
        for run in runs { append(run, to: &result) }
        return result
    }

    /// The lowest-numbered units that the guard admits, at most `count`, as cut runs.
    static func lowest(
        _ count: Int, of runs: ArraySlice<UnitRun>, where admits: (UnitRun) -> Bool
    ) -> [UnitRun] {
        var left = count
        var taken: [UnitRun] = []
        for var run in runs where left > 0 && admits(run) {
            run.count = min(run.count, left)
            left -= run.count
            taken.append(run)
        }
        return taken
    }

    /// The parts of the runs that lie in a range of unit numbers.
    static func within(_ range: Range<Int>, of runs: ArraySlice<UnitRun>) -> [UnitRun] {
        var parts: [UnitRun] = []
        for var run in runs where run.first < range.upperBound && run.end > range.lowerBound {
            let end = min(run.end, range.upperBound)
            run.first = max(run.first, range.lowerBound)
            run.count = end - run.first
            parts.append(run)
        }
        return parts
    }

    /// Puts changed parts in the place of what they were cut from.
    ///
    /// The parts are sorted by first unit, do not overlap, and each lies inside one of the runs.
    static func replacing(_ parts: [UnitRun], in runs: [UnitRun]) -> [UnitRun] {
        var result: [UnitRun] = []
        result.reserveCapacity(runs.count + 2 * parts.count)
        var next = 0
        for run in runs {
            var rest = run
            while next < parts.count, parts[next].first < run.end {
                let part = parts[next]
                if part.first > rest.first {
                    var before = rest
                    before.count = part.first - rest.first
                    append(before, to: &result)
                }
                append(part, to: &result)
                rest.count = rest.end - part.end
                rest.first = part.end
                next += 1
            }
            if rest.count > 0 { append(rest, to: &result) }
        }
        return result
    }

    private static func append(_ run: UnitRun, to result: inout [UnitRun]) {
        if let last = result.last, last.isAlike(run) {
            result[result.count - 1].count += run.count
        } else {
            result.append(run)
        }
    }
}

extension UnitRun {
    /// Whether the other run goes on where this one ends and differs in nothing else.
    func isAlike(_ other: UnitRun) -> Bool {
        var moved = other
        moved.first = first
        moved.count = count
        return end == other.first && moved == self
    }

    /// What can still be given back for one unit.
    public var refundable: Int64 { allocated - refunded - fee }

    /// What can still be given back for all units.
    public var refundableTotal: Int64 { refundable * Int64(count) }
}
