// SPDX-License-Identifier: Apache-2.0

/// The bounds of an order, each tested at the limit and one past it.
public enum OrderLimits {
    /// Units of one line.
    public static let quantityMax = 1_000_000
    /// Lines of one order, and of one selection.
    public static let lineCountMax = 2_000
    /// Bundle instances of one order.
    public static let bundleCountMax = 1_000
    /// Bytes of a brand.
    public static let brandBytesMax = 32
    /// Tenders of one order.
    public static let tenderCountMax = 16
    /// Bytes of a caller's opaque id.
    public static let opaqueIDBytesMax = 64
    /// Any amount, in minor units.
    public static let amountMax: Int64 = 9_000_000_000_000_000
    /// Bytes of a line's title.
    public static let titleBytesMax = 512
    /// Bytes of an order's note.
    public static let noteBytesMax = 4_000
    /// Bytes of a BCP 47 language tag.
    public static let localeBytesMax = 35
    /// Bytes of a phone number.
    public static let phoneBytesMax = 32
    /// Bytes of a payment processor's token.
    public static let tokenBytesMax = 256
    /// Carrier events in one call.
    public static let shipmentReportsMax = 100
    /// Tasks in one lease.
    public static let leaseTasksMax = 100
    /// Length of a lease, in seconds.
    public static let leaseSeconds: ClosedRange<Int64> = 5...900
}
