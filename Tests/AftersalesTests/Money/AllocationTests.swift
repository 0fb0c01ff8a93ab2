// SPDX-License-Identifier: Apache-2.0

import Aftersales
import Testing

@Suite struct `Largest remainder` {
    private func shares(_ amount: Int64, _ weights: [Int64]) -> [Int64] {
        Allocation.largestRemainder(amount, over: weights.map { WeightGroup(weight: $0) })
            .flatMap { $0.flatMap { Array(repeating: $0.share, count: $0.count) } }
    }

    @Test(
        arguments: [
            (2_000, [5_999, 3_999, 2_499], [960, 640, 400]),
            (840, [5_039, 3_359, 2_099], [403, 269, 168]),
            (1_000, [2_450, 2_450, 5_100], [245, 245, 510]),
            (500, [1_000, 1_000, 1_000], [167, 167, 166]),
            (10_000, [1, 1, 1], [3_334, 3_333, 3_333]),
            (0, [0, 0], [0, 0]),
            (1, [0, 3, 0], [0, 1, 0]),
        ] as [(Int64, [Int64], [Int64])])
    func `gives the exact shares`(amount: Int64, weights: [Int64], expected: [Int64]) {
        #expect(shares(amount, weights) == expected)
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `sums exactly and never exceeds a weight`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let ceiling: Int64 = random.oneIn(4) ? 1_000_000_000_000_000 : 50
            let weights = (0..<random.pick(1...9)).map { _ in random.pick(0...ceiling / 9) }
            let total = weights.reduce(0, +)
            let amount = random.pick(0...total)
            let result = shares(amount, weights)
            #expect(result.reduce(0, +) == amount, "seed \(seed)")
            for (share, weight) in zip(result, weights) {
                #expect(share >= 0 && share <= weight, "seed \(seed)")
            }
            #expect(shares(amount, weights) == result, "seed \(seed)")
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `treats a group as that many units`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<300 {
            let groups = (0..<random.pick(1...5)).map { _ in
                WeightGroup(weight: random.pick(0...40), count: random.pick(1...7))
            }
            let units = groups.flatMap { Array(repeating: $0.weight, count: $0.count) }
            guard units.reduce(0, +) > 0 else { continue }
            let amount = random.pick(0...units.reduce(0, +) * 2)
            let runs = Allocation.largestRemainder(amount, over: groups)
            #expect(zip(runs, groups).allSatisfy { $0.reduce(0) { $0 + $1.count } == $1.count })
            #expect(runs.reduce(0) { $0 + $1.count } <= groups.count + 1, "seed \(seed)")
            let flat = runs.flatMap { $0.flatMap { Array(repeating: $0.share, count: $0.count) } }
            #expect(flat == shares(amount, units), "seed \(seed)")
        }
    }

    @Test func `keeps 128 bits of a product`() {
        let weights: [Int64] = [4_499_999_999_999_999, 4_500_000_000_000_001]
        #expect(shares(9_000_000_000_000_000, weights) == weights)
    }
}
