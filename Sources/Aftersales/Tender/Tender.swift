// SPDX-License-Identifier: Apache-2.0

/// The class of a means of payment, in the order refunds prefer them (ruling 10).
public enum TenderClass: Int, Sendable, Hashable, CaseIterable {
    case card = 1
    case bank = 2
    case wallet = 3
    case offline = 4
    case storeCredit = 5
    case giftCard = 6
    case exchangeCredit = 7
}

/// How money of a tender moves back: by the payment worker, or by hand with evidence.
public enum TenderChannel: Int, Sendable, Hashable, CaseIterable {
    case online = 1
    case offline = 2
}

/// The state of a tender's authorization.
public enum TenderState: Int, Sendable, Hashable, CaseIterable {
    /// Named by the order, nothing reserved yet.
    case expected = 1
    case authorized = 2
    case partiallyCaptured = 3
    case captured = 4
    /// Fully released before any capture; the payment worker has one VOID task for it.
    case voidQueued = 5
    case voided = 6
    case expired = 7
}

/// A means of payment of one order: a token and what may be shown of a card, never its number.
public struct Tender: Sendable, Hashable {
    /// The identity.
    public var id: TenderID
    /// +1 for each of its events, from 1.
    public var version: Int64
    /// The storefront's own id, unique in the order, at most 64 bytes.
    public var externalID: String
    /// The class of means of payment.
    public var tenderClass: TenderClass
    /// How money moves back.
    public var channel: TenderChannel
    /// Whose rules bind a refund, such as `visa` or `wechat`.
    public var institution: String
    /// The payment processor's opaque token.
    public var token: String
    /// For display, such as `Visa`; may be empty.
    public var brand: String
    /// For display: the last four digits, or empty.
    public var last4: String
    /// What the order expects of this tender.
    public var amount: Int64
    /// Authorized in all.
    public var authorized: Int64
    /// Captured in all.
    public var captured: Int64
    /// When the first capture happened.
    public var capturedAt: Instant?
    /// Given up by cancellations without having been captured.
    public var released: Int64
    /// Where it stands.
    public var state: TenderState
    /// Refund legs that hold money and are not settled, from the legs of this tender.
    public var refundPending: Int64
    /// Refund legs that are settled, from the legs of this tender.
    public var refundSettled: Int64

    /// What can still be refunded to this tender.
    public var room: Int64 { captured - refundPending - refundSettled }

    /// What a cancellation gives up before any money has to flow back.
    ///
    /// It is the part of the order's price that this tender has not paid. It may still be
    /// authorized, or never come: after an expiry the customer has paid that much less, and
    /// captured money is not owed for it.
    public var uncaptured: Int64 { max(0, max(amount, authorized) - captured - released) }

    /// Makes one from its parts.
    public init(
        id: TenderID, version: Int64, externalID: String, tenderClass: TenderClass,
        channel: TenderChannel, institution: String, token: String, brand: String, last4: String,
        amount: Int64, authorized: Int64, captured: Int64, capturedAt: Instant?, released: Int64,
        state: TenderState, refundPending: Int64, refundSettled: Int64
    ) {
        self.id = id
        self.version = version
        self.externalID = externalID
        self.tenderClass = tenderClass
        self.channel = channel
        self.institution = institution
        self.token = token
        self.brand = brand
        self.last4 = last4
        self.amount = amount
        self.authorized = authorized
        self.captured = captured
        self.capturedAt = capturedAt
        self.released = released
        self.state = state
        self.refundPending = refundPending
        self.refundSettled = refundSettled
    }
}
