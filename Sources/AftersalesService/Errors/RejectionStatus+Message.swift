// SPDX-License-Identifier: Apache-2.0

import Aftersales

extension RejectionStatus {
    /// A sentence that says what is wrong and what to do.
    static func message(_ rejection: Rejection) -> String {
        switch rejection {
        case .orderNotFound: "no such order"
        case .tenderNotFound: "no such tender"
        case .taskNotFound: "no such task"
        case .refundNotFound: "no such refund"
        case .messageNotFound: "no such message"
        case .shipmentNotFound: "no such shipment"
        case .policyVersion(let version): "there is no policy version \(version)"
        case .malformedID(let field, let prefix): "\(field) must look like \(prefix)_…"
        case .fieldRequired(let field): "\(field) is required"
        case .tooLong(let field, let max): "\(field) must be at most \(max) bytes"
        case .tooMany(let field, let max): "\(field) may have at most \(max) entries"
        case .quantity(let field, let max): "\(field) must be from 1 to \(max)"
        case .negativeAmount(let field): "\(field) must not be negative"
        case .leaseLength(let field):
            """
            \(field) must be from \(OrderLimits.leaseSeconds.lowerBound) to \
            \(OrderLimits.leaseSeconds.upperBound) seconds
            """
        case .currencyUnknown(_, let code): "ISO 4217 has no currency '\(code)'"
        case .currencyMismatch(let field, let expected, let actual):
            "\(field) is in '\(actual)', the order in \(expected)"
        case .totalMismatch(let difference):
            "the tenders differ from the computed total by \(difference) minor units"
        case .discountExceeds(let field, let base): "\(field) is above its base, \(base)"
        case .tenderState(let field): "\(field) contradicts the tender's other amounts"
        case .outcome(let field): "\(field) does not fit the kind of task"
        case .bundleSpansSellers(let id): "the lines of bundle '\(id)' have different sellers"
        case .unknownBundle(let field, let id): "\(field) names '\(id)', which is not in bundles"
        case .panRejected(let field):
            "\(field) holds what looks like a card number; remove it, none is ever stored"
        case .emptySelection: "select at least one item"
        case .unknownLine(_, let line): "the order has no line '\(line)'"
        case .duplicateLine(_, let line): "line '\(line)' is named twice"
        case .duplicate(let field, let id): "\(field): '\(id)' is named twice"
        case .unknownShipment: "no such shipment"
        case .amountNotPositive(let field): "\(field) must be more than 0"
        case .amountOutOfRange(let field): "\(field) is beyond 9·10^15 minor units"
        case .orderExists(let id):
            "the external id belongs to \(id.text), which was imported with other content"
        case .shipmentExists(let id):
            "the external id belongs to \(id.text), of another order or carrier"
        case .notPhysical(let lines):
            "digital items and subscriptions are not canceled here: \(list(lines))"
        case .useRequestCancellation(let lines):
            "a seller sells \(list(lines)); use RequestCancellation"
        case .inShippingProcess(let lines):
            "\(list(lines)) entered the shipping process; refuse the package or return it"
        case .alreadyShipped(let lines):
            "\(list(lines)) shipped; track the package, refuse it, or return it"
        case .alreadyCanceled(let lines): "\(list(lines)) is canceled already"
        case .quantityNotOpen(let shortfalls):
            shortfalls.map { "line '\($0.lineID)' has \($0.open) open, \($0.requested) selected" }
                .joined(separator: "; ")
        case .bundleClosureRequired(let items):
            """
            \(list(items.map(\.lineID))) would be canceled with the bundle; show that and call \
            again with accept_bundle_closure
            """
        case .invalidTransition(let from, let event): "\(event) is not possible from \(from)"
        case .amountExceedsAuthorized(let max): "at most \(max) minor units are left to capture"
        case .amountExceedsTender(let max): "at most \(max) minor units are left of the tender"
        case .version(let expected, let actual):
            "version is \(actual), not \(expected); read again and decide again"
        case .leaseLost: "the lease ended and the task was leased again"
        }
    }

    private static func list(_ lines: [String]) -> String {
        let shown = lines.prefix(10).map { "line '\($0)'" }.joined(separator: ", ")
        return lines.count > 10 ? shown + " and \(lines.count - 10) more" : shown
    }
}
