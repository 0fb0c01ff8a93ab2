// SPDX-License-Identifier: Apache-2.0

extension Rejection {
    /// The scalars of the refusal, sorted by key; a list's first line stands for it here.
    public var metadata: [(key: String, value: String)] {
        switch self {
        case .policyVersion(let version): [("version", String(version))]
        case .malformedID(_, let prefix): [("prefix", prefix)]
        case .tooLong(_, let bytesMax): [("bytes_max", String(bytesMax))]
        case .tooMany(_, let countMax): [("count_max", String(countMax))]
        case .quantity(_, let quantityMax): [("quantity_max", String(quantityMax))]
        case .currencyUnknown(_, let code): [("currency_code", code)]
        case .currencyMismatch(_, let expected, let actual):
            [("actual", actual), ("expected", expected)]
        case .totalMismatch(let difference): [("difference", String(difference))]
        case .discountExceeds(_, let base): [("base", String(base))]
        case .bundleSpansSellers(let id), .unknownBundle(_, let id): [("bundle_id", id)]
        case .unknownLine(_, let id), .duplicateLine(_, let id): [("line_id", id)]
        case .duplicate(_, let id): [("id", id)]
        case .orderExists(let id): [("order_id", id.text)]
        case .shipmentExists(let id): [("shipment_id", id.text)]
        case .notPhysical(let lines), .useRequestCancellation(let lines),
            .inShippingProcess(let lines), .alreadyShipped(let lines), .alreadyCanceled(let lines):
            lines.prefix(1).map { ("line_id", $0) }
        case .quantityNotOpen(let shortfalls):
            shortfalls.prefix(1).flatMap { [("line_id", $0.lineID), ("open", String($0.open))] }
        case .bundleClosureRequired(let items):
            items.prefix(1).map { ("bundle_id", $0.bundleID) }
        case .invalidTransition(let from, let event): [("event", event), ("from", from)]
        case .amountExceedsAuthorized(let max), .amountExceedsTender(let max):
            [("max", String(max))]
        case .version(let expected, let actual):
            [("actual", String(actual)), ("expected", String(expected))]
        case .orderNotFound, .tenderNotFound, .taskNotFound, .refundNotFound, .messageNotFound,
            .shipmentNotFound, .fieldRequired, .negativeAmount, .leaseLength, .tenderState,
            .outcome, .panRejected,
            .emptySelection, .unknownShipment, .amountNotPositive, .amountOutOfRange, .leaseLost:
            []
        }
    }

    /// The path of the request's field that is wrong, such as `lines[2].quantity`; nil when the
    /// refusal is not about one field.
    public var field: String? {
        switch self {
        case .malformedID(let field, _), .fieldRequired(let field), .tooLong(let field, _),
            .tooMany(let field, _), .quantity(let field, _), .negativeAmount(let field),
            .leaseLength(let field), .currencyUnknown(let field, _),
            .currencyMismatch(let field, _, _), .discountExceeds(let field, _),
            .tenderState(let field), .outcome(let field), .unknownBundle(let field, _),
            .panRejected(let field),
            .unknownLine(let field, _), .duplicateLine(let field, _),
            .duplicate(let field, _),
            .amountNotPositive(let field), .amountOutOfRange(let field):
            field
        case .totalMismatch: "tenders"
        case .bundleSpansSellers: "lines"
        case .emptySelection: "selection"
        case .unknownShipment: "target"
        case .orderNotFound, .tenderNotFound, .taskNotFound, .refundNotFound, .messageNotFound,
            .shipmentNotFound, .policyVersion, .orderExists, .shipmentExists, .notPhysical,
            .useRequestCancellation,
            .inShippingProcess, .alreadyShipped, .alreadyCanceled, .quantityNotOpen,
            .bundleClosureRequired, .invalidTransition, .amountExceedsAuthorized,
            .amountExceedsTender, .version, .leaseLost:
            nil
        }
    }

    /// The lines the refusal names, in the order of the selection.
    public var lineIDs: [String] {
        switch self {
        case .notPhysical(let lines), .useRequestCancellation(let lines),
            .inShippingProcess(let lines), .alreadyShipped(let lines), .alreadyCanceled(let lines):
            lines
        case .quantityNotOpen(let shortfalls): shortfalls.map(\.lineID)
        case .bundleClosureRequired(let items): items.map(\.lineID)
        case .unknownLine(_, let line), .duplicateLine(_, let line): [line]
        default: []
        }
    }
}
