// SPDX-License-Identifier: Apache-2.0

import Glibc
import TTRPC
import Testing

@Suite struct ListenerTests {
    private func server() -> Server {
        Server(services: ProbeService().registry())
    }

    @Test(arguments: [0o660, 0o600, 0o666] as [UInt32])
    func `the socket file has the mode asked for`(mode: UInt32) async throws {
        let path = temporarySocketPath()
        let server = server()
        try await server.listen(at: path, mode: mode)
        var found = stat()
        #expect(stat(path, &found) == 0)
        #expect(found.st_mode & 0o7777 == mode)
        await server.drain(grace: .zero)
    }

    @Test func `a file that nobody answers on is replaced`() async throws {
        let path = temporarySocketPath()
        let stale = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = RawSocket.address(path)
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(stale, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        close(stale)
        let server = server()
        try await server.listen(at: path)
        let peer = try RawSocket(path: path)
        peer.send(request(1, "C"))
        #expect(try peer.receiveFrame()?.id == 1)
        await server.drain(grace: .zero)
    }

    @Test func `a socket that somebody answers on is left alone`() async throws {
        try await withProbeServer { running in
            let second = server()
            let error = await #expect(throws: ServerError.self) {
                try await second.listen(at: running.path)
            }
            guard case .system(EADDRINUSE, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            await second.drain(grace: .zero)
            #expect(access(running.path, F_OK) == 0)
        }
    }

    @Test func `a file that is not a socket is left alone`() async throws {
        let path = temporarySocketPath()
        close(open(path, O_CREAT | O_WRONLY, 0o600))
        defer { unlink(path) }
        let error = await #expect(throws: ServerError.self) { try await server().listen(at: path) }
        guard case .system(EEXIST, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(access(path, F_OK) == 0)
    }

    @Test func `a path of 107 bytes is taken and one of 108 is not`() async throws {
        let prefix = temporarySocketPath()
        let path = prefix + String(repeating: "x", count: 107 - prefix.utf8.count)
        let server = server()
        try await server.listen(at: path)
        #expect(try RawSocket(path: path).send([0]))
        await server.drain(grace: .zero)
        let error = await #expect(throws: ServerError.self) {
            try await self.server().listen(at: path + "x")
        }
        #expect(error == .pathUnusable(path + "x"))
    }

    @Test(arguments: ["", "/tmp/a\0b"])
    func `a path that is empty or has a NUL is not taken`(path: String) async throws {
        await #expect(throws: ServerError.pathUnusable(path)) {
            try await server().listen(at: path)
        }
    }

    @Test(arguments: [1, 2, 3])
    func `there are as many lanes as event loops`(loops: Int) async throws {
        try await withProbeServer(loops: loops) { server in
            #expect(server.server.laneCount == loops)
            for _ in 0..<(2 * loops) {
                let socket = try server.connect()
                socket.send(request(1, "C"))
                _ = try socket.receiveFrame()
            }
            #expect(Set(server.probe.calls.map(\.lane)) == Set(0..<loops))
        }
    }
}
