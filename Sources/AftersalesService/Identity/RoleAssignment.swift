// SPDX-License-Identifier: Apache-2.0

package import TTRPC

/// Which roles a peer holds, by its kernel-given uid and groups.
package struct RoleAssignment: Sendable, Hashable {
    private var byUser: [UInt32: RoleSet]
    private var byGroup: [UInt32: RoleSet]

    /// An assignment that gives nobody anything.
    package init() {
        byUser = [:]
        byGroup = [:]
    }

    /// What holds without a configuration: these users hold every role, everyone else none.
    package init(everythingTo users: [UInt32]) {
        byUser = Dictionary(users.map { ($0, RoleSet.all) }, uniquingKeysWith: { $0.union($1) })
        byGroup = [:]
    }

    /// Adds a role to a user.
    package mutating func grant(_ role: Role, toUser uid: UInt32) {
        byUser[uid, default: []].insert(RoleSet(role))
    }

    /// Adds a role to everybody in a group.
    package mutating func grant(_ role: Role, toGroup gid: UInt32) {
        byGroup[gid, default: []].insert(RoleSet(role))
    }

    /// The roles of a peer: those of its user and of each of its groups, together.
    package func roles(of peer: Peer) -> RoleSet {
        var roles = byUser[peer.uid] ?? []
        guard !byGroup.isEmpty else { return roles }
        roles.formUnion(byGroup[peer.gid] ?? [])
        for group in peer.groups {
            roles.formUnion(byGroup[group] ?? [])
        }
        return roles
    }
}
