// SPDX-License-Identifier: Apache-2.0

/// The bounds of an order, each tested at the limit and one past it.
public enum OrderLimits {
    /// Units of one line.
    public static let quantityMax = 1_000_000
    /// Lines of one order.
    public static let lineCountMax = 2_000
    /// Tenders of one order.
    public static let tenderCountMax = 16
    /// Bytes of a caller's opaque id.
    public static let opaqueIDBytesMax = 64
    /// Any amount, in minor units.
    public static let amountMax: Int64 = 9_000_000_000_000_000
}
