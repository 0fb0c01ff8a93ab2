// SPDX-License-Identifier: Apache-2.0

/// What may be shown of a tender beside an amount.
public struct TenderFace: Sendable, Hashable {
    /// The identity.
    public var id: TenderID
    /// The class of means of payment.
    public var tenderClass: TenderClass
    /// Whose rules bind a refund; may be empty.
    public var institution: String
    /// For display, such as `Visa`; may be empty.
    public var brand: String
    /// For display: the last four digits, or empty.
    public var last4: String

    /// The face of a tender.
    public init(_ tender: Tender) {
        id = tender.id
        tenderClass = tender.tenderClass
        institution = tender.institution
        brand = tender.brand
        last4 = tender.last4
    }
}

/// Authorization of one tender that is given up.
public struct TenderRelease: Sendable, Hashable {
    /// The tender.
    public var tender: TenderFace
    /// In minor units of the order's currency.
    public var amount: Int64
    /// Nothing of the authorization is left: the payment worker voids it.
    public var voided: Bool
}

/// Money that goes back to one tender.
public struct TenderRefund: Sendable, Hashable {
    /// nil in a preview.
    public var refundID: RefundID?
    /// The tender.
    public var tender: TenderFace
    /// In minor units of the order's currency.
    public var amount: Int64
    /// What kind it is.
    public var kind: RefundKind
    /// The leg's first state; in a preview, the one it would have.
    public var state: RefundState
}

extension Settlement {
    /// The releases, for showing; tenders as they are after them.
    func releases(in order: Order) -> [TenderRelease] {
        releases.map { share in
            let tender = order.tenders[share.tender]
            return TenderRelease(
                tender: TenderFace(tender), amount: share.amount,
                voided: tender.state == .voidQueued)
        }
    }
}
