// SPDX-License-Identifier: Apache-2.0

/// How an amount that is given back is met: first by giving up what was never captured, then by an
/// obligation carried out by refund legs.
struct Settlement {
    /// A tender's part, by index in the order's tenders.
    struct Share: Equatable {
        var tender: Int
        var amount: Int64
    }

    /// By tender order; each of a positive amount.
    private(set) var releases: [Share] = []
    /// What the shop owes; empty when releases cover everything.
    private(set) var parts: [Obligation.Part] = []
    /// What carries ``parts`` out, one for each tender.
    private(set) var legs: [Share] = []
    /// Whether the legs wait for approval.
    private(set) var awaitsApproval = false

    /// The sum of the obligation.
    var owed: Int64 { parts.reduce(0) { $0 + $1.amount } }
    /// The sum of the releases.
    var released: Int64 { releases.reduce(0) { $0 + $1.amount } }

    /// Plans how to give `gross` back.
    init(of gross: [Obligation.Part], order: Order, parameters: PolicyParameters) {
        var left = gross.reduce(0) { $0 + $1.amount }
        let preference = order.tenderPreference
        for index in preference where left > 0 {
            let amount = min(left, order.tenders[index].uncaptured)
            guard amount > 0 else { continue }
            releases.append(Share(tender: index, amount: amount))
            left -= amount
        }
        let owed = min(left, order.salesBalance)
        guard owed > 0 else { return }
        let total = gross.reduce(0) { $0 + $1.amount }
        parts = Self.tail(of: gross, skipping: total - owed)
        let rooms = preference.map { Share(tender: $0, amount: max(0, order.tenders[$0].room)) }
        legs = Self.split(owed, over: rooms, rule: parameters.split)
        awaitsApproval = order.needsApproval(owed, parameters: parameters)
    }

    /// An obligation that goes back to the one tender that was charged too much.
    init(overcaptured amount: Int64, tender: Int, order: Order, parameters: PolicyParameters) {
        parts = [Obligation.Part(subject: .other, amount: amount)]
        legs = [Share(tender: tender, amount: amount)]
        awaitsApproval = order.needsApproval(amount, parameters: parameters)
    }

    /// The last parts, without the first `skipped` minor units: those were released.
    private static func tail(
        of parts: [Obligation.Part], skipping skipped: Int64
    ) -> [Obligation.Part] {
        var left = skipped
        var rest: [Obligation.Part] = []
        for var part in parts {
            let cut = min(left, part.amount)
            left -= cut
            part.amount -= cut
            if part.amount > 0 { rest.append(part) }
        }
        return rest
    }

    /// Splits what is owed over what the tenders can take back; their order is the preference.
    static func split(_ owed: Int64, over rooms: [Share], rule: TenderSplit) -> [Share] {
        switch rule {
        case .priority:
            var left = owed
            var shares: [Share] = []
            for room in rooms where left > 0 && room.amount > 0 {
                let amount = min(left, room.amount)
                left -= amount
                shares.append(Share(tender: room.tender, amount: amount))
            }
            return shares
        case .proRata:
            let groups = rooms.map { WeightGroup(weight: $0.amount) }
            let runs = Allocation.largestRemainder(owed, over: groups)
            return zip(rooms, runs).compactMap { room, run in
                let amount = run[0].share
                return amount > 0 ? Share(tender: room.tender, amount: amount) : nil
            }
        }
    }
}

extension Order {
    /// Captured money that no obligation has claimed: the balance of the ledger's `sales`.
    public var salesBalance: Int64 {
        tenders.reduce(0) { $0 + $1.captured } - obligated
    }

    /// Indices of the tenders in the order refunds prefer them (the domain's ruling 10).
    var tenderPreference: [Int] {
        tenders.indices.sorted { left, right in
            let ranks = (tenders[left].tenderClass.rank, tenders[right].tenderClass.rank)
            return ranks.0 == ranks.1 ? left < right : ranks.0 < ranks.1
        }
    }

    /// Whether an obligation takes the order above the approval threshold (ruling 13).
    func needsApproval(_ owed: Int64, parameters: PolicyParameters) -> Bool {
        guard let threshold = parameters.approvalThresholds[currency.code] else { return false }
        return owed + obligatedWithoutApproval > threshold
    }
}

extension TenderClass {
    /// The place in the order refunds prefer; banks and wallets share one.
    var rank: Int {
        switch self {
        case .card: 1
        case .bank, .wallet: 2
        case .offline: 3
        case .storeCredit: 4
        case .giftCard: 5
        case .exchangeCredit: 6
        }
    }
}
