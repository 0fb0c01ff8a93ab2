// SPDX-License-Identifier: Apache-2.0

public import Aftersales

/// Which of a customer's orders are listed.
public enum OrderListView: Sendable, Hashable, CaseIterable {
    case all
    /// Some unit is open, being picked, to be stopped, shipped or on its way back.
    case open
    /// Every unit is canceled.
    case canceled
}

/// The place of an order in a list that is newest first.
public struct OrderKey: Sendable, Hashable {
    /// When the order was placed.
    public var placedAt: Instant
    /// Breaks ties.
    public var id: OrderID

    /// Makes a key.
    public init(placedAt: Instant, id: OrderID) {
        self.placedAt = placedAt
        self.id = id
    }
}

/// Which refunds are listed.
public struct RefundQuery: Sendable, Hashable {
    /// Whose they are.
    public var customerID: String
    /// Only this order's.
    public var orderID: OrderID?
    /// Only legs in these states; empty = all.
    public var states: Set<RefundState>

    /// Makes a query.
    public init(customerID: String, orderID: OrderID? = nil, states: Set<RefundState> = []) {
        self.customerID = customerID
        self.orderID = orderID
        self.states = states
    }
}

/// Which messages are listed.
public struct MessageQuery: Sendable, Hashable {
    /// Whose they are.
    public var customerID: String
    /// Leaves out what was read.
    public var unreadOnly: Bool
    /// Only about this order.
    public var orderID: OrderID?

    /// Makes a query.
    public init(customerID: String, unreadOnly: Bool = false, orderID: OrderID? = nil) {
        self.customerID = customerID
        self.unreadOnly = unreadOnly
        self.orderID = orderID
    }
}

/// The place of a message in a list that is unread first, then newest first.
public struct MessageKey: Sendable, Hashable {
    /// Whether it is among the unread.
    public var isUnread: Bool
    /// Orders within those.
    public var id: MessageID

    /// Makes a key.
    public init(isUnread: Bool, id: MessageID) {
        self.isUnread = isUnread
        self.id = id
    }
}
