// SPDX-License-Identifier: Apache-2.0

/// What kind of refusal it is, and so whether a caller should correct, wait, or read again.
public enum RejectionKind: Int, Sendable, Hashable, CaseIterable {
    case invalidArgument = 1
    case failedPrecondition = 2
    case aborted = 3
    case notFound = 4
    case outOfRange = 5
    case alreadyExists = 6
    case permissionDenied = 7
    case resourceExhausted = 8
}

extension Rejection {
    /// What kind of refusal it is.
    public var kind: RejectionKind { table.kind }

    /// The stable machine reason, such as `IN_SHIPPING_PROCESS`; added to, never renamed.
    public var reason: String { table.reason }

    /// The one table of reasons.
    private var table: (kind: RejectionKind, reason: String) {
        switch self {
        case .orderNotFound: (.notFound, "ORDER")
        case .tenderNotFound: (.notFound, "TENDER")
        case .taskNotFound: (.notFound, "TASK")
        case .refundNotFound: (.notFound, "REFUND")
        case .messageNotFound: (.notFound, "MESSAGE")
        case .shipmentNotFound: (.notFound, "SHIPMENT")
        case .policyVersion: (.notFound, "POLICY_VERSION")
        case .malformedID: (.invalidArgument, "MALFORMED_ID")
        case .fieldRequired: (.invalidArgument, "FIELD_REQUIRED")
        case .tooLong: (.invalidArgument, "TOO_LONG")
        case .tooMany: (.invalidArgument, "TOO_MANY")
        case .quantity: (.invalidArgument, "QUANTITY")
        case .negativeAmount: (.invalidArgument, "NEGATIVE_AMOUNT")
        case .leaseLength: (.invalidArgument, "LEASE_LENGTH")
        case .currencyUnknown: (.invalidArgument, "CURRENCY_UNKNOWN")
        case .currencyMismatch: (.invalidArgument, "CURRENCY_MISMATCH")
        case .totalMismatch: (.invalidArgument, "TOTAL_MISMATCH")
        case .discountExceeds: (.invalidArgument, "DISCOUNT_EXCEEDS")
        case .tenderState: (.invalidArgument, "TENDER_STATE")
        case .outcome: (.invalidArgument, "OUTCOME")
        case .bundleSpansSellers: (.invalidArgument, "BUNDLE_SPANS_SELLERS")
        case .unknownBundle: (.invalidArgument, "UNKNOWN_BUNDLE")
        case .panRejected: (.invalidArgument, "PAN_REJECTED")
        case .emptySelection: (.invalidArgument, "EMPTY_SELECTION")
        case .unknownLine: (.invalidArgument, "UNKNOWN_LINE")
        case .duplicateLine, .duplicate: (.invalidArgument, "DUPLICATE_LINE")
        case .unknownShipment: (.invalidArgument, "UNKNOWN_SHIPMENT")
        case .amountNotPositive: (.invalidArgument, "AMOUNT_NOT_POSITIVE")
        case .amountOutOfRange: (.outOfRange, "AMOUNT")
        case .orderExists: (.alreadyExists, "ORDER")
        case .shipmentExists: (.alreadyExists, "SHIPMENT")
        case .notPhysical: (.failedPrecondition, "NOT_PHYSICAL")
        case .useRequestCancellation: (.failedPrecondition, "USE_REQUEST_CANCELLATION")
        case .inShippingProcess: (.failedPrecondition, "IN_SHIPPING_PROCESS")
        case .alreadyShipped: (.failedPrecondition, "ALREADY_SHIPPED")
        case .alreadyCanceled: (.failedPrecondition, "ALREADY_CANCELED")
        case .quantityNotOpen: (.failedPrecondition, "QUANTITY_NOT_OPEN")
        case .bundleClosureRequired: (.failedPrecondition, "BUNDLE_CLOSURE_REQUIRED")
        case .invalidTransition: (.failedPrecondition, "INVALID_TRANSITION")
        case .amountExceedsAuthorized: (.failedPrecondition, "AMOUNT_EXCEEDS_AUTHORIZED")
        case .amountExceedsTender: (.failedPrecondition, "AMOUNT_EXCEEDS_TENDER")
        case .version: (.aborted, "VERSION")
        case .leaseLost: (.aborted, "LEASE_LOST")
        }
    }
}
