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
    public var timeZone = "Asia/Shanghai"
    public var returnDays = 7
    public var exchangeDays = 15
    public var repairDays = 365
    public var shipByDays = 7
    public var inboundTimeoutDays = 30
    public var paymentDueHours = 168
    public var choiceDueDays = 14
    public var split = TenderSplit.priority
    public var bundleClawback = false
    public var bundleReturnWholeOnly = false
    public var restockingBasisPoints = 0
    public var feeAllowedForNoReason = false
    public var labelCharge: Int64 = 0
    public var feeCapBasisPoints = 5000
    public var outboundRefundOnFullReturn = false
    public var refundDueDays = 7
    public var keyRetentionDays = 30
    /// Minor units by currency code; a missing currency has no threshold.
    public var approvalThresholds: [String: Int64] = [:]

    /// The defaults.
    public init() {}
}
