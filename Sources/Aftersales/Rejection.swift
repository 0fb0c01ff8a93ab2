// SPDX-License-Identifier: Apache-2.0

/// Why the domain refuses a command: one case for each reason, with what the caller needs to act.
///
/// Nothing has changed when one is thrown. Mapping to an RPC status is the service's business; it
/// needs ``kind``, ``reason``, ``metadata``, ``field`` and, for lists, the case itself.
public enum Rejection: Error, Sendable, Hashable {
    // Not there, or not the caller's.
    case orderNotFound
    case tenderNotFound
    case taskNotFound
    case refundNotFound
    case messageNotFound
    case shipmentNotFound
    case policyVersion(Int64)

    // Wrong whatever the state.
    case malformedID(field: String, prefix: String)
    case fieldRequired(field: String)
    case tooLong(field: String, bytesMax: Int)
    case tooMany(field: String, countMax: Int)
    case quantity(field: String, quantityMax: Int)
    case negativeAmount(field: String)
    case leaseLength(field: String)
    case currencyUnknown(field: String, code: String)
    case currencyMismatch(field: String, expected: String, actual: String)
    /// Tenders less computed total.
    case totalMismatch(difference: Int64)
    case discountExceeds(field: String, base: Int64)
    case tenderState(field: String)
    case outcome(field: String)
    case bundleSpansSellers(bundleID: String)
    case unknownBundle(field: String, bundleID: String)
    case panRejected(field: String)
    case emptySelection
    case unknownLine(field: String, lineID: String)
    case duplicateLine(field: String, lineID: String)
    /// A bundle or a tender that is named twice.
    case duplicate(field: String, id: String)
    case unknownShipment
    case amountNotPositive(field: String)

    // Out of range.
    case amountOutOfRange(field: String)

    // There already.
    case orderExists(OrderID)
    case shipmentExists(ShipmentID)

    // The state has to change first.
    case notPhysical(lines: [String])
    case useRequestCancellation(lines: [String])
    case inShippingProcess(lines: [String])
    case alreadyShipped(lines: [String])
    case alreadyCanceled(lines: [String])
    case quantityNotOpen([LineShortfall])
    case bundleClosureRequired([ClosureItem])
    case invalidTransition(from: String, event: String)
    case amountExceedsAuthorized(max: Int64)
    case amountExceedsTender(max: Int64)

    // Read again, then retry.
    case version(expected: Int64, actual: Int64)
    case leaseLost
}

/// A line of a selection that has fewer open units than asked for.
public struct LineShortfall: Sendable, Hashable {
    /// The storefront's id of the line.
    public var lineID: String
    /// Units asked for.
    public var requested: Int
    /// Units that were open.
    public var open: Int

    /// Makes a shortfall.
    public init(lineID: String, requested: Int, open: Int) {
        self.lineID = lineID
        self.requested = requested
        self.open = open
    }
}

/// What of one line would go with a discounted bundle that a selection touches.
public struct ClosureItem: Sendable, Hashable {
    /// The storefront's id of the line.
    public var lineID: String
    /// The bundle instance.
    public var bundleID: String
    /// Units that would be canceled at once, the selected ones among them.
    public var canceling: Int
    /// How many of ``canceling`` were selected.
    public var selected: Int
    /// Units being picked that the warehouse would be asked to stop.
    public var stopping: Int

    /// Makes an item.
    public init(lineID: String, bundleID: String, canceling: Int, selected: Int, stopping: Int) {
        self.lineID = lineID
        self.bundleID = bundleID
        self.canceling = canceling
        self.selected = selected
        self.stopping = stopping
    }
}
