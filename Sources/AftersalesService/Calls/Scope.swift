// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesAPI
import TTRPC

/// For whom a caller acts: it narrows what a call sees and never widens it.
enum Scope {
    /// The customer of a mutation, who has to be named.
    static func customer(_ party: OnBehalfOf?) throws(RPCError) -> String {
        guard let customer = try named(party) else {
            throw Fields.required("on_behalf_of.customer_id")
        }
        return customer
    }

    /// The customer of a read; nil = not narrowed, which only support and admin may leave out.
    static func reader(_ party: OnBehalfOf?, roles: RoleSet) throws(RPCError) -> String? {
        if let customer = try named(party) { return customer }
        guard roles.isDisjoint(with: RoleSet([.support, .admin])) else { return nil }
        throw Fields.required("on_behalf_of.customer_id")
    }

    /// The seller a warehouse call is narrowed to; nil = the shop's warehouse, not narrowed.
    static func seller(_ party: OnBehalfOf?, roles: RoleSet) throws(RPCError) -> String? {
        switch party?.party {
        case .sellerID(let seller) where !seller.isEmpty:
            try length(seller, "on_behalf_of.seller_id")
            return seller
        case .sellerID, .customerID, nil:
            guard roles.contains(RoleSet(.warehouse)) else {
                throw Fields.required("on_behalf_of.seller_id")
            }
            return nil
        }
    }

    private static func named(_ party: OnBehalfOf?) throws(RPCError) -> String? {
        guard case .customerID(let customer) = party?.party, !customer.isEmpty else { return nil }
        try length(customer, "on_behalf_of.customer_id")
        return customer
    }

    private static func length(_ id: String, _ field: String) throws(RPCError) {
        guard id.utf8.count <= OrderLimits.opaqueIDBytesMax else {
            throw RejectionStatus.error(
                .tooLong(field: field, bytesMax: OrderLimits.opaqueIDBytesMax))
        }
    }
}
