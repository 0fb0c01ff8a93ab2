// SPDX-License-Identifier: Apache-2.0

/// What a peer process may be; it follows from its user and groups alone, never from a message.
package enum Role: String, Sendable, Hashable, CaseIterable {
    case storefront
    case seller
    case warehouse
    case payment
    case paymentWorker = "payment_worker"
    case smsWorker = "sms_worker"
    case support
    case admin
}

/// A set of roles in one machine word, looked at on every call.
package struct RoleSet: OptionSet, Sendable, Hashable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The set of one role.
    package init(_ role: Role) {
        // The order of `allCases` is only an index here; nothing stores it.
        let index = Role.allCases.firstIndex(of: role) ?? 0
        self.init(rawValue: 1 << UInt16(index))
    }

    /// The set of some roles.
    package init(_ roles: [Role]) {
        self = roles.reduce(into: []) { $0.formUnion(RoleSet($1)) }
    }

    /// Every role.
    package static let all = RoleSet(Role.allCases)

    /// The roles in the set, in the order of their declaration.
    package var roles: [Role] {
        Role.allCases.filter { contains(RoleSet($0)) }
    }
}
