// SPDX-License-Identifier: Apache-2.0

/// The identity of a stored thing: a positive 64-bit number inside, prefixed text outside.
///
/// The number is the sequence number of the event that began the thing, so identities are unique
/// over all kinds and need no counter of their own. The text form is the prefix, an underscore and
/// the number in Crockford base32, such as `ord_1k9`.
public protocol EntityID: Sendable, Hashable, Comparable {
    /// What the text form begins with, without the underscore.
    static var prefix: String { get }

    /// The number, from 1.
    var value: Int64 { get }

    /// Wraps a number that came from the store or from a decision.
    init(_ value: Int64)
}

extension EntityID {
    /// Orders by number, which is the order of creation.
    public static func < (left: Self, right: Self) -> Bool {
        left.value < right.value
    }
}

/// An order's identity, `ord_…`.
public struct OrderID: EntityID {
    /// What the text form begins with.
    public static let prefix = "ord"
    /// The number, from 1.
    public let value: Int64
    /// Wraps a number.
    public init(_ value: Int64) { self.value = value }
}

/// A tender's identity, `tnd_…`.
public struct TenderID: EntityID {
    /// What the text form begins with.
    public static let prefix = "tnd"
    /// The number, from 1.
    public let value: Int64
    /// Wraps a number.
    public init(_ value: Int64) { self.value = value }
}

/// An obligation's identity, `obl_…`.
public struct ObligationID: EntityID {
    /// What the text form begins with.
    public static let prefix = "obl"
    /// The number, from 1.
    public let value: Int64
    /// Wraps a number.
    public init(_ value: Int64) { self.value = value }
}

/// A refund leg's identity, `rfd_…`; it is also the `bank_ref` for life.
public struct RefundID: EntityID {
    /// What the text form begins with.
    public static let prefix = "rfd"
    /// The number, from 1.
    public let value: Int64
    /// Wraps a number.
    public init(_ value: Int64) { self.value = value }
}

/// A shipment's identity, `shp_…`.
public struct ShipmentID: EntityID {
    /// What the text form begins with.
    public static let prefix = "shp"
    /// The number, from 1.
    public let value: Int64
    /// Wraps a number.
    public init(_ value: Int64) { self.value = value }
}

/// A warehouse task's identity, `tsk_…`.
public struct TaskID: EntityID {
    /// What the text form begins with.
    public static let prefix = "tsk"
    /// The number, from 1.
    public let value: Int64
    /// Wraps a number.
    public init(_ value: Int64) { self.value = value }
}

/// A Message Center item's identity, `msg_…`.
public struct MessageID: EntityID {
    /// What the text form begins with.
    public static let prefix = "msg"
    /// The number, from 1.
    public let value: Int64
    /// Wraps a number.
    public init(_ value: Int64) { self.value = value }
}

/// A cancellation's identity, `cnl_…`: the number of its first event.
public struct CancellationID: EntityID {
    /// What the text form begins with.
    public static let prefix = "cnl"
    /// The number, from 1.
    public let value: Int64
    /// Wraps a number.
    public init(_ value: Int64) { self.value = value }
}

/// An incident's identity, `inc_…`: the sequence number of the event that opened it.
public struct IncidentID: EntityID {
    /// `inc`.
    public static let prefix = "inc"
    /// The number, from 1.
    public let value: Int64
    /// Wraps a number.
    public init(_ value: Int64) { self.value = value }
}
