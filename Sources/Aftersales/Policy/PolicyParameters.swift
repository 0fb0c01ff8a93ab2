// SPDX-License-Identifier: Apache-2.0

/// How a refund is split over several tenders.
public enum TenderSplit: Int, Sendable, Hashable, CaseIterable {
    /// Card first, then bank and wallet, offline, store credit, gift card.
    case priority = 1
    /// By largest remainder over what each tender can still take back.
    case proRata = 2
}

/// The switches a shop sets per policy version, with the published defaults.
public struct PolicyParameters: Sendable, Hashable {
    /// Zone of windows and dates, by its tz database name.
    public var timeZone = "Asia/Shanghai"
    /// Days to return after the day of delivery.
    public var returnDays = 7
    /// Days to exchange after the day of delivery.
    public var exchangeDays = 15
    /// Days to have it repaired after the day of delivery.
    public var repairDays = 365
    /// Days to send goods after approval.
    public var shipByDays = 7
    /// Days until goods that were sent count as lost.
    public var inboundTimeoutDays = 30
    /// Hours to pay the difference of an exchange.
    public var paymentDueHours = 168
    /// Days to choose after a repair that failed.
    public var choiceDueDays = 14
    /// How refunds are split over tenders.
    public var split = TenderSplit.priority
    /// Whether a bundle's discount is taken back on a part of it.
    public var bundleClawback = false
    /// Whether a bundle is returned whole or not at all.
    public var bundleReturnWholeOnly = false
    /// Restocking fee, in 1/10,000 of the unit's net.
    public var restockingBasisPoints = 0
    /// Whether a return without a reason may cost a fee.
    public var feeAllowedForNoReason = false
    /// For a return label, in minor units.
    public var labelCharge: Int64 = 0
    /// The most that fees may take of the unit's net, in 1/10,000.
    public var feeCapBasisPoints = 5000
    /// Whether shipping comes back when everything was returned.
    public var outboundRefundOnFullReturn = false
    /// Days after receipt until a refund is due.
    public var refundDueDays = 7
    /// Days the key of a call is kept.
    public var keyRetentionDays = 30
    /// Minor units by currency code; a missing currency has no threshold.
    public var approvalThresholds: [String: Int64] = [:]

    /// The defaults.
    public init() {}
}
