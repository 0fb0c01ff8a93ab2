// SPDX-License-Identifier: Apache-2.0

import AftersalesService
import Host

/// Turns the names of a configuration into the ids that the kernel gives of a peer.
enum RoleResolution {
    /// The assignment of a configuration; without grants, this process's user and root hold
    /// everything.
    ///
    /// - Throws: ``ConfigurationError`` for a name that the host does not know, since a role that
    ///   silently goes to nobody is noticed only when a customer waits.
    static func assignment(
        _ grants: [Configuration.Grant]?, file: String
    ) throws(ConfigurationError) -> RoleAssignment {
        guard let grants else {
            return RoleAssignment(everythingTo: [0, Accounts.effectiveUserID])
        }
        var assignment = RoleAssignment()
        for grant in grants {
            switch grant.holder {
            case .user(let name):
                guard let uid = Accounts.userID(named: name) else {
                    throw unknown("user", name, grant, file)
                }
                assignment.grant(grant.role, toUser: uid)
            case .group(let name):
                guard let gid = Accounts.groupID(named: name) else {
                    throw unknown("group", name, grant, file)
                }
                assignment.grant(grant.role, toGroup: gid)
            }
        }
        return assignment
    }

    private static func unknown(
        _ kind: String, _ name: String, _ grant: Configuration.Grant, _ file: String
    ) -> ConfigurationError {
        ConfigurationError(
            file: file, line: grant.line,
            problem: "roles.\(grant.role.rawValue): this host has no \(kind) '\(name)'")
    }
}
