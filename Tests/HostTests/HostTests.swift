// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Host

@Suite struct AccountsTests {
    @Test func `root has uid 0 and gid 0`() {
        #expect(Accounts.userID(named: "root") == 0)
        #expect(Accounts.groupID(named: "root") == 0)
    }

    @Test func `an unknown name has no id`() {
        #expect(Accounts.userID(named: "no-such-user-here") == nil)
        #expect(Accounts.groupID(named: "no-such-group-here") == nil)
    }
}

@Suite struct SupervisorTests {
    private func manager(_ environment: [String: String], processID: Int32 = 7) -> Supervisor {
        Supervisor(environment: { environment[$0] }, processID: processID)
    }

    @Test func `descriptors begin at 3 and carry the manager's names`() {
        let sockets = manager([
            "LISTEN_PID": "7", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "rpc:metrics",
        ]).listeningSockets()
        #expect(sockets.map(\.descriptor) == [3, 4])
        #expect(sockets.map(\.name) == ["rpc", "metrics"])
    }

    @Test func `descriptors meant for another process are not taken`() {
        let other = manager(["LISTEN_PID": "8", "LISTEN_FDS": "1"])
        #expect(other.listeningSockets().isEmpty)
    }

    @Test(arguments: ["/tmp/aftersales-notify-\(getpid())", "@aftersales-notify-\(getpid())"])
    func `a state reaches the manager's socket, by path and by abstract name`(path: String) throws {
        let receiver = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer {
            close(receiver)
            unlink(path)
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        if path.hasPrefix("@") { address.sun_path.0 = 0 }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(receiver, $0, length) }
        }
        try #require(bound == 0)

        #expect(manager(["NOTIFY_SOCKET": path]).notify("READY=1"))
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = recv(receiver, &buffer, buffer.count, 0)
        #expect(buffer.prefix(max(0, count)).elementsEqual("READY=1".utf8))
    }

    @Test func `without a manager nothing is sent`() {
        #expect(!manager([:]).notify("READY=1"))
    }
}
