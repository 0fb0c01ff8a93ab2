// SPDX-License-Identifier: Apache-2.0

/// Everything an import says about a placed order, as plain values.
///
/// All amounts are minor units of ``currencyCode`` and not negative. The identity that has to hold:
/// list prices less line, bundle and order discounts, plus taxes, plus shipping less its discount
/// plus its tax, plus other charges = grand total = the sum of the tenders.
public struct OrderIntake: Sendable, Hashable {
    /// The caller's own id, 1 to 64 bytes.
    public var externalID: String
    /// The customer's opaque id.
    public var customerID: String
    /// BCP 47 language of the messages; empty = `en`.
    public var locale: String
    /// For SMS; nil when there is none.
    public var phone: String?
    /// ISO 4217.
    public var currencyCode: String
    /// When the customer placed it.
    public var placedAt: Instant
    /// In import order, which numbers the units.
    public var lines: [IntakeLine]
    /// The bought bundles that lines name.
    public var bundles: [IntakeBundle]
    /// In the order the customer gave them.
    public var tenders: [IntakeTender]
    /// Over all eligible units.
    public var orderDiscount: Int64 = 0
    /// Over all units, beside the lines' own tax.
    public var orderTax: Int64 = 0
    /// Before its discount and tax.
    public var shipping: Int64 = 0
    /// At most the shipping.
    public var shippingDiscount: Int64 = 0
    /// On shipping.
    public var shippingTax: Int64 = 0
    /// Gift wrap and the like.
    public var otherCharges: Int64 = 0
    /// What the storefront computed; nil when it only says what the tenders pay.
    public var grandTotal: Int64?
    /// Free text.
    public var note = ""

    /// Makes an intake without discounts, taxes and charges of the order.
    public init(
        externalID: String, customerID: String, locale: String = "en", phone: String? = nil,
        currencyCode: String, placedAt: Instant, lines: [IntakeLine],
        bundles: [IntakeBundle] = [], tenders: [IntakeTender]
    ) {
        self.externalID = externalID
        self.customerID = customerID
        self.locale = locale
        self.phone = phone
        self.currencyCode = currencyCode
        self.placedAt = placedAt
        self.lines = lines
        self.bundles = bundles
        self.tenders = tenders
    }
}

/// One line of an import.
public struct IntakeLine: Sendable, Hashable {
    /// The storefront's id of the line.
    public var lineID: String
    /// Stock keeping unit, 1 to 64 bytes.
    public var sku: String
    /// One line, without markup.
    public var title: String
    /// What kind it is.
    public var kind: ItemKind
    /// nil for goods the shop sells itself.
    public var sellerID: String?
    /// How many units, at least 1.
    public var quantity: Int
    /// Before discounts and tax.
    public var unitListPrice: Int64
    /// Over all units of the line, at most their list prices.
    public var discount: Int64
    /// On all units of the line.
    public var tax: Int64
    /// The bundle instance it belongs to.
    public var bundle: BundleMembership?
    /// Whether the order's discount is spread over this line, too.
    public var takesOrderDiscount: Bool

    /// Makes a line.
    public init(
        lineID: String, sku: String, title: String, kind: ItemKind = .physical,
        sellerID: String? = nil, quantity: Int = 1, unitListPrice: Int64, discount: Int64 = 0,
        tax: Int64 = 0, bundle: BundleMembership? = nil, takesOrderDiscount: Bool = true
    ) {
        self.lineID = lineID
        self.sku = sku
        self.title = title
        self.kind = kind
        self.sellerID = sellerID
        self.quantity = quantity
        self.unitListPrice = unitListPrice
        self.discount = discount
        self.tax = tax
        self.bundle = bundle
        self.takesOrderDiscount = takesOrderDiscount
    }
}

/// One bought bundle of an import.
public struct IntakeBundle: Sendable, Hashable {
    /// The bundle instance.
    public var bundleID: String
    /// Over all units of the instance, at most their price after line discounts.
    public var discount: Int64

    /// Makes a bundle.
    public init(bundleID: String, discount: Int64) {
        self.bundleID = bundleID
        self.discount = discount
    }
}

/// One tender of an import; its state follows from the amounts.
public struct IntakeTender: Sendable, Hashable {
    /// The caller's own id, 1 to 64 bytes.
    public var externalID: String
    /// The class of means of payment.
    public var tenderClass: TenderClass
    /// How money moves back.
    public var channel: TenderChannel
    /// Whose rules bind a refund; may be empty.
    public var institution: String
    /// The payment processor's opaque token.
    public var token: String
    /// For display, such as `Visa`; may be empty.
    public var brand: String
    /// For display: the last four digits, or empty.
    public var last4: String
    /// Its part of the grand total.
    public var amount: Int64
    /// 0 to ``amount``.
    public var authorized: Int64
    /// 0 to ``authorized``.
    public var captured: Int64
    /// nil = when the order was placed, if anything is captured.
    public var capturedAt: Instant?

    /// Makes a tender.
    public init(
        externalID: String, tenderClass: TenderClass, channel: TenderChannel = .online,
        institution: String = "", token: String = "", brand: String = "", last4: String = "",
        amount: Int64, authorized: Int64, captured: Int64, capturedAt: Instant? = nil
    ) {
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
    }
}
