// SPDX-License-Identifier: Apache-2.0

/// Units that weigh the same in an allocation.
public struct WeightGroup: Sendable, Hashable {
    /// The weight of one unit, not negative.
    public var weight: Int64
    /// How many units, at least 1.
    public var count: Int

    /// Makes a group.
    public init(weight: Int64, count: Int = 1) {
        self.weight = weight
        self.count = count
    }
}

/// Consecutive units that got the same share.
public struct ShareRun: Sendable, Hashable {
    /// The share of one unit.
    public var share: Int64
    /// How many units, at least 1.
    public var count: Int

    /// Makes a run.
    public init(share: Int64, count: Int = 1) {
        self.share = share
        self.count = count
    }
}

/// Splits an amount over weighted units by largest remainder, to the last minor unit.
///
/// The shares add up to the amount exactly, none is more than its weight while the amount is not
/// more than all weights together, and the same input always gives the same shares. The cost
/// follows the number of groups, never the number of units: at most one group is cut in two.
public enum Allocation {
    /// Splits `amount` over the groups; one list of one or two runs for each group, in order.
    ///
    /// Left-over minor units go to the largest remainders, ties to the lower unit.
    ///
    /// - Precondition: The amount is not negative; weights are not negative, their sum over all
    ///   units fits Int64 and is positive unless the amount is 0.
    public static func largestRemainder(
        _ amount: Int64, over groups: [WeightGroup]
    ) -> [[ShareRun]] {
        precondition(amount >= 0, "only an amount of zero or more can be split")
        guard amount > 0 else {
            return groups.map { [ShareRun(share: 0, count: $0.count)] }
        }
        let total = totalWeight(groups)
        precondition(total > 0, "an amount needs something to be split over")
        var left = amount
        var floors: [(share: Int64, remainder: Int64)] = []
        floors.reserveCapacity(groups.count)
        for group in groups {
            // The product needs 128 bits; the quotient is at most the amount.
            let product = amount.multipliedFullWidth(by: group.weight)
            let (quotient, remainder) = total.dividingFullWidth(product)
            floors.append((quotient, remainder))
            left -= quotient * Int64(group.count)
        }
        let extras = spreadOnes(left, over: groups, remainders: floors.map(\.remainder))
        return groups.indices.map { index in
            runs(share: floors[index].share, count: groups[index].count, extra: extras[index])
        }
    }

    /// Splits `amount` over the first of several weightings that weighs anything, else equally.
    ///
    /// Every weighting has the same counts in the same order.
    static func largestRemainder(
        _ amount: Int64, overFirstOf weightings: [[WeightGroup]]
    ) -> [[ShareRun]] {
        if let usable = weightings.first(where: { totalWeight($0) > 0 }) {
            return largestRemainder(amount, over: usable)
        }
        let equal = (weightings.first ?? []).map { WeightGroup(weight: 1, count: $0.count) }
        return largestRemainder(amount, over: equal)
    }

    /// The weight of all units together.
    static func totalWeight(_ groups: [WeightGroup]) -> Int64 {
        groups.reduce(0) { $0 + $1.weight * Int64($1.count) }
    }

    /// How many units of each group get one minor unit more.
    private static func spreadOnes(
        _ ones: Int64, over groups: [WeightGroup], remainders: [Int64]
    ) -> [Int] {
        var extras = [Int](repeating: 0, count: groups.count)
        let order = groups.indices.sorted { left, right in
            remainders[left] == remainders[right]
                ? left < right : remainders[left] > remainders[right]
        }
        var left = Int(ones)
        for index in order where left > 0 {
            extras[index] = min(left, groups[index].count)
            left -= extras[index]
        }
        return extras
    }

    private static func runs(share: Int64, count: Int, extra: Int) -> [ShareRun] {
        switch extra {
        case 0: [ShareRun(share: share, count: count)]
        case count: [ShareRun(share: share + 1, count: count)]
        default:
            [
                ShareRun(share: share + 1, count: extra),
                ShareRun(share: share, count: count - extra),
            ]
        }
    }
}
