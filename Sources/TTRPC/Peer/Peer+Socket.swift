// SPDX-License-Identifier: Apache-2.0

import CTTRPC

extension Peer {
    /// Asks the kernel who connected the socket; `nil` if it cannot tell, as for a dead peer.
    init?(socket: Int32) {
        let credentials = ttrpc_peer_credentials(socket)
        guard credentials.error == 0, let groups = Self.groups(socket) else {
            return nil
        }
        self.init(
            uid: credentials.uid, gid: credentials.gid, pid: credentials.pid, groups: groups)
    }

    private static func groups(_ socket: Int32) -> [UInt32]? {
        var groups: [UInt32] = []
        while true {
            let chunk = ttrpc_peer_groups(socket, UInt32(groups.count))
            guard chunk.error == 0 else {
                return nil
            }
            let count = min(Int(chunk.total) - groups.count, Int(TTRPC_GROUPS_PER_CHUNK))
            guard count > 0 else {
                return groups
            }
            for index in 0..<count {
                groups.append(ttrpc_group_at(chunk, UInt32(index)))
            }
        }
    }
}
