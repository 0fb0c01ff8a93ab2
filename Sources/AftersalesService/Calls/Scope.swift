// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import TTRPC

/// For whom a caller acts: it narrows what a call sees and never widens it.
///
/// A party that is named without a name, or of the wrong kind, is refused: taken for none, it would
/// open what it was meant to narrow.
enum Scope {
    /// The customer of a mutation, who has to be named.
    static func customer(_ party: OnBehalfOf?) throws(RPCError) -> String {
        guard let customer = try namedCustomer(party) else { throw customerRequired }
        return customer
    }

    /// The customer of a read; nil = not narrowed, which only support may leave out.
    static func reader(_ party: OnBehalfOf?, roles: RoleSet) throws(RPCError) -> String? {
        if let customer = try namedCustomer(party) { return customer }
        guard roles.contains(RoleSet(.support)) else { throw customerRequired }
        return nil
    }

    /// The customer of a tender; nil = not narrowed, which the payment side may leave out.
    static func payer(_ party: OnBehalfOf?, roles: RoleSet) throws(RPCError) -> String? {
        if let customer = try namedCustomer(party) { return customer }
        guard !roles.isDisjoint(with: RoleSet([.payment, .paymentWorker])) else {
            throw customerRequired
        }
        return nil
    }

    /// The seller a warehouse call is narrowed to; nil = the shop's warehouse, not narrowed.
    static func seller(_ party: OnBehalfOf?, roles: RoleSet) throws(RPCError) -> String? {
        if let seller = try namedSeller(party) { return seller }
        guard roles.contains(RoleSet(.warehouse)) else { throw sellerRequired }
        return nil
    }

    /// Whose messages a call is about.
    enum Inbox {
        case customer(String)
        case seller(String)
    }

    /// The inbox a caller names: a seller's portal never a customer's, nor the other way around.
    static func inbox(_ party: OnBehalfOf?, roles: RoleSet) throws(RPCError) -> Inbox {
        let isForSellers = roles.contains(RoleSet(.seller))
        let isForCustomers = !roles.isDisjoint(with: RoleSet([.storefront, .support]))
        if isForSellers, case .sellerID? = party?.party, let seller = try namedSeller(party) {
            return .seller(seller)
        }
        guard isForCustomers else { throw sellerRequired }
        return .customer(try customer(party))
    }

    private static var customerRequired: RPCError { Fields.required("on_behalf_of.customer_id") }
    private static var sellerRequired: RPCError { Fields.required("on_behalf_of.seller_id") }

    private static func namedCustomer(_ party: OnBehalfOf?) throws(RPCError) -> String? {
        guard let party = try checked(party) else { return nil }
        guard case .customerID(let customer) = party, !customer.isEmpty else {
            throw customerRequired
        }
        try length(customer, "on_behalf_of.customer_id")
        return customer
    }

    private static func namedSeller(_ party: OnBehalfOf?) throws(RPCError) -> String? {
        guard let party = try checked(party) else { return nil }
        guard case .sellerID(let seller) = party, !seller.isEmpty else { throw sellerRequired }
        try length(seller, "on_behalf_of.seller_id")
        return seller
    }

    private static func checked(
        _ party: OnBehalfOf?
    ) throws(RPCError) -> OnBehalfOf.Party? {
        guard let party else { return nil }
        try length(party.operator, "on_behalf_of.operator")
        return party.party
    }

    private static func length(_ id: String, _ field: String) throws(RPCError) {
        guard id.utf8.count <= OrderLimits.opaqueIDBytesMax else {
            throw RejectionStatus.error(
                .tooLong(field: field, bytesMax: OrderLimits.opaqueIDBytesMax))
        }
    }
}
