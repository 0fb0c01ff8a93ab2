// SPDX-License-Identifier: Apache-2.0

import CFloor

/// Lines of which nothing was canceled yet, each given out once, in random order.
struct Draw {
    private var units: [(order: Int, line: Int)]

    /// Every line of the orders, all first lines before all second ones.
    init(orders: Range<Int>, lines: Int) {
        units = []
        units.reserveCapacity(orders.count * lines)
        for line in (0..<lines).reversed() {
            units += orders.shuffled().map { ($0, line) }
        }
    }

    /// Lines left.
    var count: Int { units.count }

    /// The next ones.
    mutating func take(_ count: Int) throws(BenchError) -> [(order: Int, line: Int)] {
        guard count <= units.count else {
            throw BenchError("too few orders: raise BENCH_ORDERS or lower BENCH_PERCENT")
        }
        defer { units.removeLast(count) }
        return units.suffix(count).reversed()
    }
}
