// SPDX-License-Identifier: Apache-2.0

/// What kind of thing a line sells; only ``physical`` is ever cancelable here.
public enum ItemKind: Int, Sendable, Hashable, CaseIterable {
    case physical = 1
    case digital = 2
    case subscription = 3
}

/// One line of an order, as imported; it never changes.
public struct OrderLine: Sendable, Hashable {
    /// The storefront's own id, unique in the order, at most 64 bytes.
    public var lineID: String
    /// Stock keeping unit, 1 to 64 bytes.
    public var sku: String
    /// One line, without markup.
    public var title: String
    /// What kind it is.
    public var kind: ItemKind
    /// nil for goods the shop sells itself.
    public var sellerID: String?
    /// 1 to ``OrderLimits/quantityMax``.
    public var quantity: Int
    /// Number of the line's first unit in the order.
    public var firstUnit: Int
    /// Before discounts and tax.
    public var unitListPrice: Int64
    /// The discounted bundle this line is an item of: one bought bundle, not the bundle's kind.
    public var bundle: BundleMembership?

    /// Makes one from its parts.
    public init(
        lineID: String, sku: String, title: String, kind: ItemKind, sellerID: String?,
        quantity: Int, firstUnit: Int, unitListPrice: Int64, bundle: BundleMembership?
    ) {
        self.lineID = lineID
        self.sku = sku
        self.title = title
        self.kind = kind
        self.sellerID = sellerID
        self.quantity = quantity
        self.firstUnit = firstUnit
        self.unitListPrice = unitListPrice
        self.bundle = bundle
    }
}

/// Which bought bundle a line belongs to.
public struct BundleMembership: Sendable, Hashable {
    /// The instance: bought twice = two instances.
    public var bundleID: String
    /// The group of items inside the bundle, if the bundle has groups.
    public var group: String?

    /// Makes one from its parts.
    public init(bundleID: String, group: String? = nil) {
        self.bundleID = bundleID
        self.group = group
    }
}
