// SPDX-License-Identifier: Apache-2.0

/// Everything an import says about a placed order, as plain values.
///
/// All amounts are minor units of ``currencyCode`` and not negative. The identity that has to hold:
/// list prices less line, bundle and order discounts, plus taxes, plus shipping less its discount
/// plus its tax, plus other charges = grand total = the sum of the tenders.
public struct OrderIntake: Sendable, Hashable {
    public var externalID: String
    public var customerID: String
    public var locale: String
    public var phone: String?
    public var currencyCode: String
    public var placedAt: Instant
    public var lines: [IntakeLine]
    public var bundles: [IntakeBundle]
    public var tenders: [IntakeTender]
    public var orderDiscount: Int64 = 0
    public var orderTax: Int64 = 0
    public var shipping: Int64 = 0
    public var shippingDiscount: Int64 = 0
    public var shippingTax: Int64 = 0
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
    public var lineID: String
    public var sku: String
    public var title: String
    public var kind: ItemKind
    public var sellerID: String?
    public var quantity: Int
    public var unitListPrice: Int64
    /// Over all units of the line, at most their list prices.
    public var discount: Int64
    /// On all units of the line.
    public var tax: Int64
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
    public var externalID: String
    public var tenderClass: TenderClass
    public var channel: TenderChannel
    public var institution: String
    public var token: String
    public var brand: String
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
