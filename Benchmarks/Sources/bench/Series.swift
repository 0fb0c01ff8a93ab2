// SPDX-License-Identifier: Apache-2.0

/// One thing that is measured in blocks.
struct Series {
    let name: String
    /// Runs a block and gives what it measured: nanoseconds of each operation.
    let block: () async throws -> [UInt64]
}

/// Measures series in turn, A B A B, so that what disturbs the machine disturbs all of them.
///
/// The first round warms caches and is not counted.
///
/// - Returns: for each series the median over its blocks of the block's median, in nanoseconds.
func interleave(blocks: Int, _ series: [Series]) async throws -> [Double] {
    var medians = series.map { _ in [Double]() }
    for round in 0...blocks {
        for (index, one) in series.enumerated() {
            let block = try await one.block()
            if round > 0 { medians[index].append(median(block.map { Double($0) })) }
        }
    }
    for (one, blocks) in zip(series, medians) {
        let sorted = blocks.sorted()
        say(
            "  \(one.name): p50 of blocks from \(Figure.text(sorted[0] / 1000)) to "
                + "\(Figure.text(sorted[sorted.count - 1] / 1000)) us")
    }
    return medians.map(median)
}

/// The middle value; the mean of the two middle ones where their number is even.
func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
        ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}
