// SPDX-License-Identifier: Apache-2.0

/// The kind of a Message Center item; the raw value is stored and never changes meaning.
public enum MessageKind: Int, Sendable, Hashable, CaseIterable {
    case cancelConfirmed = 1
    case stopResult = 2
    case refundStarted = 3
    case refundSettled = 4
    case refundFailedActionNeeded = 5
    case cancelRequestSent = 6
    case cancelRequestApproved = 7
    case cancelRequestDeclined = 8
    case cancelRequestSuperseded = 9
    case recallRequested = 10
    case recallResult = 11
    case sellerMessage = 12
}

/// A Message Center item that a decision posts; its text is rendered once, here, and stored.
public struct MessageDraft: Sendable, Hashable {
    /// What kind it is.
    public var kind: MessageKind
    /// The customer's opaque id.
    public var customerID: String
    /// The order it belongs to.
    public var orderID: OrderID
    /// One line, without markup.
    public var title: String
    /// The text as shown.
    public var text: String

    /// Makes one from its parts.
    public init(
        kind: MessageKind, customerID: String, orderID: OrderID, title: String, text: String
    ) {
        self.kind = kind
        self.customerID = customerID
        self.orderID = orderID
        self.title = title
        self.text = text
    }
}
