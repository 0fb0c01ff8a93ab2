// SPDX-License-Identifier: Apache-2.0

/// An order as it is decided upon: header, lines, unit runs, tenders.
///
/// Loaded whole, changed by decisions only. Its cost follows the number of runs, never quantities.
public struct Order: Sendable, Hashable {
    /// The identity.
    public var id: OrderID
    /// +1 for each of its events; starts at 1.
    public var version: Int64
    /// The storefront's own id, at most 64 bytes, unique.
    public var externalID: String
    /// The customer's opaque id, at most 64 bytes.
    public var customerID: String
    /// BCP 47 language of the messages, such as `en` or `zh-CN`.
    public var locale: String
    /// For SMS; nil when the customer gave none.
    public var phone: String?
    /// Of every amount in the order.
    public var currency: Currency
    /// The version of the policy every decision on this order is judged under.
    public var policyVersion: Int64
    /// When the customer placed it.
    public var placedAt: Instant
    /// When it was taken over.
    public var importedAt: Instant
    /// Shipping, its discount and its tax; refunded with the last physical unit.
    public var shipping: Bucket
    /// Gift wrap, cash-on-delivery fee and the like.
    public var otherCharges: Bucket
    /// What the customer pays: units, shipping and other charges.
    public var grandTotal: Int64
    /// In import order, which numbers the units.
    public var lines: [OrderLine]
    /// Sorted by ``UnitRun/first``; they cover 0 ..< total units without gap or overlap.
    public var runs: [UnitRun]
    /// In import order.
    public var tenders: [Tender]
    /// What obligations have claimed of captured money so far, units and buckets together; the
    /// ledger's `sales` account is captured minus this and never negative.
    public var obligated: Int64
    /// The part of ``obligated`` that needed no approval (approval threshold, ruling 13).
    public var obligatedWithoutApproval: Int64
    /// The customer's remark, free text, at most ``OrderLimits/noteBytesMax`` bytes.
    public var note: String

    /// Makes one from its parts.
    public init(
        id: OrderID, version: Int64, externalID: String, customerID: String, locale: String,
        phone: String?, currency: Currency, policyVersion: Int64, placedAt: Instant,
        importedAt: Instant, shipping: Bucket, otherCharges: Bucket, grandTotal: Int64,
        lines: [OrderLine], runs: [UnitRun], tenders: [Tender], obligated: Int64,
        obligatedWithoutApproval: Int64, note: String = ""
    ) {
        self.id = id
        self.version = version
        self.externalID = externalID
        self.customerID = customerID
        self.locale = locale
        self.phone = phone
        self.currency = currency
        self.policyVersion = policyVersion
        self.placedAt = placedAt
        self.importedAt = importedAt
        self.shipping = shipping
        self.otherCharges = otherCharges
        self.grandTotal = grandTotal
        self.lines = lines
        self.runs = runs
        self.tenders = tenders
        self.obligated = obligated
        self.obligatedWithoutApproval = obligatedWithoutApproval
        self.note = note
    }
}

/// A charge that belongs to the order and not to a unit, with what has been given back of it.
public struct Bucket: Sendable, Hashable {
    /// What the customer paid: after discount, with tax.
    public var charged: Int64
    /// What obligations or releases have claimed of it.
    public var refunded: Int64

    /// Makes one from its parts.
    public init(charged: Int64, refunded: Int64 = 0) {
        self.charged = charged
        self.refunded = refunded
    }
}
