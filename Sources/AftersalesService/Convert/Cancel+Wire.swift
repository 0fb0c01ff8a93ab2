// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI

extension AftersalesAPI.SkippedLine {
    init(_ item: SkippedItem) {
        self.init(
            lineID: item.lineID, quantity: Int64(item.quantity), open: Int64(item.open),
            reason: AftersalesAPI.SkipReason(item.reason))
    }
}

extension AftersalesAPI.TenderRelease {
    init(_ release: Aftersales.TenderRelease, _ currency: Currency) {
        self.init(
            tenderID: release.tender.id.text,
            tenderClass: AftersalesAPI.TenderClass(release.tender.tenderClass),
            brand: release.tender.brand, last4: release.tender.last4,
            amount: Money(release.amount, currency), voided: release.voided)
    }
}

extension AftersalesAPI.TenderRefund {
    /// A leg, or, without an id, what one would be.
    init(_ refund: Aftersales.TenderRefund, _ currency: Currency) {
        self.init(
            refundID: refund.refundID?.text ?? "", tenderID: refund.tender.id.text,
            tenderClass: AftersalesAPI.TenderClass(refund.tender.tenderClass),
            institution: refund.tender.institution, brand: refund.tender.brand,
            last4: refund.tender.last4, amount: Money(refund.amount, currency),
            state: refund.refundID == nil
                ? .unspecified : AftersalesAPI.RefundState(refund.state))
    }
}

extension CancelConfirmation {
    init(_ confirmation: Confirmation, _ currency: Currency) {
        let outcome = confirmation.outcome
        self.init(
            cancellationID: confirmation.id.text, code: confirmation.code,
            text: confirmation.text,
            canceled: outcome.canceled.map { AftersalesAPI.UnitAmount($0, currency) },
            alsoCanceledByBundle: outcome.alsoCanceledByBundle.map {
                AftersalesAPI.UnitAmount($0, currency)
            },
            stopping: outcome.stopping.map { AftersalesAPI.UnitAmount($0, currency) },
            skipped: outcome.skipped.map { SkippedLine($0) },
            shippingReturned: Money(outcome.chargesReturned, currency),
            releases: outcome.releases.map { AftersalesAPI.TenderRelease($0, currency) },
            refunds: outcome.refunds.map { AftersalesAPI.TenderRefund($0, currency) })
    }
}

extension PreviewCancelResponse {
    init(_ preview: CancelPreview, _ currency: Currency) {
        let outcome = preview.outcome
        self.init(
            canceled: outcome.canceled.map { AftersalesAPI.UnitAmount($0, currency) },
            alsoCanceledByBundle: outcome.alsoCanceledByBundle.map {
                AftersalesAPI.UnitAmount($0, currency)
            },
            stopping: outcome.stopping.map { AftersalesAPI.UnitAmount($0, currency) },
            skipped: outcome.skipped.map { SkippedLine($0) },
            bundleClosureRequired: preview.bundleClosureRequired,
            shippingReturned: Money(outcome.chargesReturned, currency),
            releases: outcome.releases.map { AftersalesAPI.TenderRelease($0, currency) },
            refunds: outcome.refunds.map { AftersalesAPI.TenderRefund($0, currency) },
            total: Money(outcome.total, currency), version: preview.version)
    }
}

extension AftersalesAPI.CancelOption {
    init(_ option: Aftersales.CancelOption, of order: Aftersales.Order) {
        let line = order.lines[option.line]
        self.init(
            lineID: line.lineID, firstUnit: Int64(option.first), count: Int64(option.count),
            state: AftersalesAPI.UnitState(option.state),
            action: AftersalesAPI.CancelAction(option.action),
            reason: option.reason.map { AftersalesAPI.CancelOptionReason($0) } ?? .unspecified,
            sellerID: line.sellerID ?? "", shipmentID: option.shipment?.text ?? "",
            bundleID: line.bundle?.bundleID ?? "",
            unitTotal: Money(option.unitTotal, order.currency))
    }
}

extension Selection {
    /// The check boxes of a request.
    init(_ lines: [LineSelection]) {
        self.init(
            lines.map { Item(lineID: $0.lineID, quantity: Fields.quantity($0.quantity)) })
    }
}
