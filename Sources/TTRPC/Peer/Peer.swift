// SPDX-License-Identifier: Apache-2.0

/// Who is at the other end of a Unix socket, as the kernel saw it at connect.
///
/// The identity is that of the process that called connect(2). A descriptor handed on to another
/// process keeps it, and a process that ends leaves its pid to others: authorize by ``uid``,
/// ``gid`` and ``groups``, use ``pid`` for logs alone.
public struct Peer: Sendable, Hashable {
    /// The effective user id.
    public var uid: UInt32

    /// The effective group id.
    public var gid: UInt32

    /// The process id; 0 where the kernel does not tell.
    public var pid: Int32

    /// The supplementary groups, in the kernel's order; ``gid`` need not be among them.
    public var groups: [UInt32]

    /// Makes a peer.
    public init(uid: UInt32, gid: UInt32, pid: Int32, groups: [UInt32]) {
        self.uid = uid
        self.gid = gid
        self.pid = pid
        self.groups = groups
    }
}
