// SPDX-License-Identifier: Apache-2.0

/// The check boxes: so many units of each of these lines.
public struct Selection: Sendable, Hashable {
    /// 1 to ``OrderLimits/lineCountMax``, each line once.
    public var items: [Item]

    /// Some units of one line.
    public struct Item: Sendable, Hashable {
        /// The storefront's id of the line.
        public var lineID: String
        /// 1 to ``OrderLimits/quantityMax``; the lowest-numbered open units are taken.
        public var quantity: Int

        /// Makes an item.
        public init(lineID: String, quantity: Int) {
            self.lineID = lineID
            self.quantity = quantity
        }
    }

    /// Makes a selection.
    public init(_ items: [Item]) {
        self.items = items
    }
}

/// A customer's cancellation of selected units.
public struct CancelItems: Sendable, Hashable {
    /// The check boxes.
    public var selection: Selection
    /// Why.
    public var reason: CancelReason?
    /// Take what is left of every bundle instance the selection touches.
    public var acceptBundleClosure: Bool
    /// Take what can be and report the rest; never splits a bundle instance.
    public var allowPartial: Bool
    /// The order's version the caller has seen; 0 = not given.
    public var expectedVersion: Int64

    /// Makes a command.
    public init(
        selection: Selection, reason: CancelReason? = nil, acceptBundleClosure: Bool = false,
        allowPartial: Bool = false, expectedVersion: Int64 = 0
    ) {
        self.selection = selection
        self.reason = reason
        self.acceptBundleClosure = acceptBundleClosure
        self.allowPartial = allowPartial
        self.expectedVersion = expectedVersion
    }
}

/// Why units of a selected line stay; the raw value is the stable reason.
public enum SkipReason: String, Sendable, Hashable, CaseIterable {
    case notPhysical = "NOT_PHYSICAL"
    case useRequestCancellation = "USE_REQUEST_CANCELLATION"
    case inShippingProcess = "IN_SHIPPING_PROCESS"
    case alreadyShipped = "ALREADY_SHIPPED"
    case alreadyCanceled = "ALREADY_CANCELED"
    case quantityNotOpen = "QUANTITY_NOT_OPEN"
    case bundleClosureRequired = "BUNDLE_CLOSURE_REQUIRED"
}

/// Selected units that stay.
public struct SkippedItem: Sendable, Hashable {
    /// The storefront's id of the line.
    public var lineID: String
    /// How many of the selected units stay.
    public var quantity: Int
    /// How many units of the line were open.
    public var open: Int
    /// Why.
    public var reason: SkipReason

    /// Makes an item.
    public init(lineID: String, quantity: Int, open: Int, reason: SkipReason) {
        self.lineID = lineID
        self.quantity = quantity
        self.open = open
        self.reason = reason
    }
}
