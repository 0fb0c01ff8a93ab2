// SPDX-License-Identifier: Apache-2.0

package import TTRPC

/// Decides whether a peer may call a method, before anything of the request is read.
package struct Authorization: Sendable {
    private let assignment: RoleAssignment

    /// Decides by this assignment of roles.
    package init(_ assignment: RoleAssignment) {
        self.assignment = assignment
    }

    /// nil if the peer holds one of the method's roles, else the refusal.
    ///
    /// Reflection tells nothing that the contract does not: any role will do, and root needs none.
    /// Methods of other services, such as health, are open to every peer that can connect.
    package func refusal(peer: Peer, method: MethodDescriptor) -> RPCError? {
        let needed: RoleSet
        if method.service.hasPrefix("aftersales.") {
            needed = MethodRoles.roles(of: method) ?? RoleSet(.admin)
        } else if MethodRoles.isReflection(method), peer.uid != 0 {
            needed = .all
        } else {
            return nil
        }
        guard assignment.roles(of: peer).isDisjoint(with: needed) else { return nil }
        let names = needed.roles.map(\.rawValue).joined(separator: ", ")
        return RPCError(
            .permissionDenied,
            """
            user \(peer.uid) holds none of the roles \(names); an operator grants roles by user \
            or group in the daemon's configuration
            """,
            details: [
                AnyDetail(
                    ErrorInfo(
                        reason: "ROLE", domain: ServiceErrors.domain,
                        metadata: [("roles", names), ("uid", "\(peer.uid)")]))
            ])
    }
}
