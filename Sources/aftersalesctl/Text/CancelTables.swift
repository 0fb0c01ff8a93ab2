// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI

/// Cancellations for eyes.
enum CancelTables {
    /// What a cancellation would do.
    static func preview(_ response: PreviewCancelResponse) -> [String] {
        var lines = units([
            ("CANCEL", response.canceled), ("ALSO, BY BUNDLE", response.alsoCanceledByBundle),
            ("STOP", response.stopping),
        ])
        lines += skipped(response.skipped)
        lines += money(
            response.releases, response.refunds, shippingReturned: response.shippingReturned)
        lines += ["", "total  \(MoneyText.text(response.total))"]
        if response.bundleClosureRequired {
            lines.append("This needs --accept-bundle-closure: a bundle goes as a whole.")
        }
        return lines + ["Nothing has changed."]
    }

    /// What was canceled, with the text that the customer was shown.
    static func confirmation(_ response: CancelItemsResponse) -> [String] {
        let confirmation = response.confirmation ?? CancelConfirmation()
        var lines = DisplayText.lines(confirmation.text)
        lines += [
            "",
            "cancellation  \(DisplayText.line(confirmation.cancellationID)), "
                + "code \(DisplayText.line(confirmation.code))",
            "order         \(DisplayText.line(response.orderID)), "
                + DisplayText.word(response.orderState)
                + (response.partiallyCanceled ? ", partially canceled" : ""),
            "",
        ]
        lines += units([
            ("CANCELED", confirmation.canceled),
            ("ALSO, BY BUNDLE", confirmation.alsoCanceledByBundle),
            ("STOPPING", confirmation.stopping),
        ])
        lines += skipped(confirmation.skipped)
        lines += money(
            confirmation.releases, confirmation.refunds,
            shippingReturned: confirmation.shippingReturned)
        return lines
    }

    private static func units(_ groups: [(what: String, units: [UnitAmount])]) -> [String] {
        var table = TextTable(
            .text("WHAT"), .text("LINE"), .text("UNITS"), .number("COUNT"), .number("AMOUNT"))
        for group in groups {
            for unit in group.units {
                table.add(
                    group.what, DisplayText.line(unit.lineID),
                    UnitText.range(unit.firstUnit, unit.count), String(unit.count),
                    MoneyText.text(unit.amount))
            }
        }
        return table.lines
    }

    private static func skipped(_ skipped: [SkippedLine]) -> [String] {
        if skipped.isEmpty { return [] }
        var table = TextTable(
            .text("LEFT AS IT IS"), .number("ASKED"), .number("OPEN"), .text("WHY"))
        for line in skipped {
            table.add(
                DisplayText.line(line.lineID), String(line.quantity), String(line.open),
                DisplayText.word(line.reason))
        }
        return [""] + table.lines
    }

    private static func money(
        _ releases: [TenderRelease], _ refunds: [TenderRefund], shippingReturned: Money?
    ) -> [String] {
        var table = TextTable(
            .text("MONEY"), .text("TENDER"), .number("AMOUNT"), .text("STATE"), .text("EXPECTED"))
        for release in releases {
            table.add(
                release.voided ? "void" : "release",
                TenderText.name(release.tenderClass, brand: release.brand, last4: release.last4),
                MoneyText.text(release.amount), "-", "-")
        }
        for refund in refunds {
            table.add(
                "refund " + DisplayText.line(refund.refundID),
                TenderText.name(refund.tenderClass, brand: refund.brand, last4: refund.last4),
                MoneyText.text(refund.amount), DisplayText.word(refund.state),
                TenderText.days(refund.expectedMinBusinessDays, refund.expectedMaxBusinessDays))
        }
        if table.isEmpty { return [] }
        let shipping = shippingReturned.map { money in
            money.minorUnits == 0 ? [] : ["of it shipping and charges: \(MoneyText.text(money))"]
        }
        return [""] + table.lines + (shipping ?? [])
    }
}
