// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import TerminalText

/// What the daemon answers, as tables.
enum Tables {
    /// The lines of an order, with what each unit really cost.
    static func lines(_ order: Order) -> TextTable {
        var table = TextTable(
            "item", .right("quantity"), .right("list price"), .right("paid each"), "sold as")
        for line in order.lines {
            let paid = order.units.first { $0.lineID == line.lineID }?.unit?.total ?? 0
            table.add(
                line.title, String(line.quantity), money(line.unitListPrice), Figures.money(paid),
                soldAs(line))
        }
        table.add("Shipping", "", "", money(order.shipping))
        table.add("Total", "", "", money(order.grandTotal))
        return table
    }

    /// The tenders of an order.
    static func tenders(_ order: Order) -> TextTable {
        var table = TextTable("paid by", .right("amount"), .right("captured"), "state")
        for tender in order.tenders {
            table.add(
                means(tender.brand, tender.last4), money(tender.amount), money(tender.captured),
                word(tender.state))
        }
        return table
    }

    /// What can be done about each unit.
    static func options(_ options: [CancelOption], of order: Order) -> TextTable {
        var table = TextTable(
            "item", .right("units"), "state", "what the customer sees", "because",
            .right("comes back, each"))
        for option in options {
            table.add(
                title(option.lineID, order), String(option.count), word(option.state),
                offer(option.action), option.reason == .unspecified ? "" : word(option.reason),
                option.action == .cancelItems ? money(option.unitTotal) : "")
        }
        return table
    }

    /// Units and what comes back for them.
    static func units(
        _ canceled: [UnitAmount], _ closed: [UnitAmount], of order: Order
    ) -> TextTable {
        var table = TextTable("canceled", .right("units"), .right("amount"), "because")
        for one in canceled {
            table.add(title(one.lineID, order), String(one.count), money(one.amount), "selected")
        }
        for one in closed {
            table.add(
                title(one.lineID, order), String(one.count), money(one.amount), "same bundle")
        }
        return table
    }

    /// What goes back to each tender.
    static func refunds(_ refunds: [TenderRefund]) -> TextTable {
        var table = TextTable("refund to", .right("amount"), "state", "expected")
        for refund in refunds {
            table.add(
                means(refund.brand, refund.last4), money(refund.amount),
                refund.state == .unspecified ? "preview" : word(refund.state),
                arrival(refund))
        }
        return table
    }

    /// The legs of an order's refunds.
    static func legs(_ refunds: [Refund]) -> TextTable {
        var table = TextTable("refund to", .right("amount"), "state", "carried by")
        for refund in refunds {
            table.add(
                means(refund.brand, refund.last4), money(refund.amount), word(refund.state),
                word(refund.kind))
        }
        return table
    }

    /// Orders of a list.
    static func orders(_ orders: [OrderSummary]) -> TextTable {
        var table = TextTable("order", "state", .right("units canceled"), .right("total"))
        for order in orders {
            table.add(
                order.externalOrderID, word(order.state),
                "\(order.canceledCount) of \(order.unitCount)", money(order.grandTotal))
        }
        return table
    }

    /// The name of an item.
    static func title(_ lineID: String, _ order: Order) -> String {
        order.lines.first { $0.lineID == lineID }?.title ?? lineID
    }

    /// An amount: 46.86 EUR.
    static func money(_ money: Money?) -> String {
        guard let money else { return "" }
        return Figures.money(money.minorUnits)
    }

    /// An enumeration's value as the contract spells it: IN_PROCESS.
    static func word(_ value: some Any) -> String {
        var text = ""
        for letter in "\(value)" {
            if letter.isUppercase { text.append("_") }
            text.append(letter.uppercased())
        }
        return text
    }

    /// An action in the policy's own words.
    private static func offer(_ action: CancelAction) -> String {
        switch action {
        case .cancelItems: "Cancel items"
        case .requestCancellation: "Request Cancellation"
        case .cancelDelivery: "Cancel this delivery"
        case .refuseOrReturn: "refuse the package or return it"
        case .contactSeller: "contact the seller"
        case .none: "nothing"
        case .unspecified, .unrecognized: word(action)
        }
    }

    private static func means(_ brand: String, _ last4: String) -> String {
        last4.isEmpty ? brand : "\(brand) ending in \(last4)"
    }

    private static func soldAs(_ line: OrderLine) -> String {
        if !line.bundleID.isEmpty { return "part of a discounted bundle" }
        return line.kind == .subscription ? "digital subscription" : ""
    }

    private static func arrival(_ refund: TenderRefund) -> String {
        switch refund.tenderClass {
        case .giftCard, .storeCredit: return "at once"
        default: break
        }
        let (least, most) = (refund.expectedMinBusinessDays, refund.expectedMaxBusinessDays)
        return most == 0 ? "as the bank says" : "\(least) to \(most) business days"
    }
}
