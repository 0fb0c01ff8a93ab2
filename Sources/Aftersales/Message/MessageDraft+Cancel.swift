// SPDX-License-Identifier: Apache-2.0

/// The values of a message, in the language of the order.
struct MessageValues {
    private let order: Order
    private let language: MessageLanguage
    private(set) var values: [String: String]

    /// Units beyond this many entries are counted, not named: a message stays readable.
    static let listedMax = 20

    init(_ order: Order) {
        self.order = order
        language = MessageLanguage(locale: order.locale)
        values = ["order": order.externalID]
    }

    mutating func set(_ name: String, units: [UnitAmount]) {
        values[name] = list(units.map { "\($0.count) × \($0.title)" })
    }

    mutating func set(_ name: String, skipped: [SkippedItem]) {
        let titles = Dictionary(
            order.lines.map { ($0.lineID, $0.title.isEmpty ? $0.sku : $0.title) },
            uniquingKeysWith: { first, _ in first })
        values[name] = list(skipped.map { "\($0.quantity) × \(titles[$0.lineID] ?? "")" })
    }

    mutating func set(_ name: String, amount: Int64) {
        values[name] = order.currency.text(amount)
    }

    /// Refunds, releases, or that the customer was not charged.
    mutating func setMoney(_ outcome: CancelOutcome) {
        if outcome.chargesReturned > 0 { set("charges", amount: outcome.chargesReturned) }
        setRefunds(outcome.refunds)
        let released = outcome.releases.reduce(0) { $0 + $1.amount }
        let takesUnits = !outcome.canceled.isEmpty || !outcome.alsoCanceledByBundle.isEmpty
        if outcome.refunds.isEmpty {
            if takesUnits { set("not_charged", amount: released) }
        } else if released > 0 {
            values["released"] = list(outcome.releases.map { item($0.tender, $0.amount) })
        }
    }

    mutating func setRefunds(_ refunds: [TenderRefund]) {
        let waiting = refunds.filter { $0.state == .awaitingApproval }
        let going = refunds.filter { $0.state != .awaitingApproval }
        values["waiting"] = list(waiting.map { item($0.tender, $0.amount) })
        values["refunds"] = list(going.map { item($0.tender, $0.amount) })
    }

    func draft(_ kind: MessageKind, policy: Policy) -> MessageDraft {
        let (title, text) = policy.template(kind, locale: order.locale).rendered(values)
        return MessageDraft(
            kind: kind, customerID: order.customerID, orderID: order.id, title: title, text: text)
    }

    private func item(_ face: TenderFace, _ amount: Int64) -> String {
        "\(order.currency.text(amount)) (\(language.name(of: face)))"
    }

    private func list(_ items: [String]) -> String {
        let more = items.count - Self.listedMax
        let shown = items.prefix(Self.listedMax).joined(separator: "; ")
        return more > 0 ? shown + "; … +\(more)" : shown
    }
}

extension MessageDraft {
    /// The one message of a cancellation, with the amounts or that nothing was charged.
    static func cancelConfirmed(
        _ outcome: CancelOutcome, order: Order, policy: Policy
    ) -> MessageDraft {
        var values = MessageValues(order)
        values.set("canceled", units: outcome.canceled)
        values.set("bundled", units: outcome.alsoCanceledByBundle)
        values.set("stopping", units: outcome.stopping)
        values.set("skipped", skipped: outcome.skipped)
        values.setMoney(outcome)
        return values.draft(.cancelConfirmed, policy: policy)
    }
}

extension MessageLanguage {
    /// How a tender is called: its brand and last four characters where there are any.
    func name(of face: TenderFace) -> String {
        let name = face.brand.isEmpty ? name(of: face.tenderClass) : face.brand
        return face.last4.isEmpty ? name : "\(name) …\(face.last4)"
    }

    private func name(of tenderClass: TenderClass) -> String {
        let names: (english: String, chinese: String) =
            switch tenderClass {
            case .card: ("card", "银行卡")
            case .bank: ("bank account", "银行账户")
            case .wallet: ("wallet", "电子钱包")
            case .offline: ("offline payment", "线下付款")
            case .storeCredit: ("store credit", "购物金")
            case .giftCard: ("gift card", "礼品卡")
            case .exchangeCredit: ("exchange credit", "换货抵扣")
            }
        return self == .english ? names.english : names.chinese
    }
}
