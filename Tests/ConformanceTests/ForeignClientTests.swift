// SPDX-License-Identifier: Apache-2.0

import Testing

/// Clients that others wrote, as Debian ships them, against our server.
@Suite(.timeLimit(.minutes(10))) struct ForeignClientTests {
    @Test(.enabled(if: ForeignPeer.go.isExpected, "\(ForeignPeer.go.comment)"))
    func `the client in Go gets every answer and reads every error`() async throws {
        let peer = try ForeignPeer.go.build()
        let server = try await EchoServer.start()
        #expect(try output(peer, ["check", server.socket]) == Self.go)
        #expect(try await server.stop() == 0)
    }

    @Test(.enabled(if: ForeignPeer.go.isExpected, "\(ForeignPeer.go.comment)"))
    func `a hundred callers in Go share a connection`() async throws {
        let peer = try ForeignPeer.go.build()
        let server = try await EchoServer.start()
        let said = try output(peer, ["crowd", server.socket, "100", "4000"])
        #expect(said == "100 callers, 4000 calls\n")
        #expect(try await server.stop() == 0)
    }

    @Test(.enabled(if: ForeignPeer.rust.isExpected, "\(ForeignPeer.rust.comment)"))
    func `the client in Rust gets every answer and reads every error`() async throws {
        let peer = try ForeignPeer.rust.build()
        let server = try await EchoServer.start()
        #expect(try output(peer, [server.socket]) == Self.rust)
        #expect(try await server.stop() == 0)
    }

    private static let go = """
        echo ok
        empty echo ok
        fail NotFound: failed as asked
        info ASKED_FOR ttrpcprobe.v1 map[code:5]
        unknown code Code(99)
        code 0 ok
        no method Unimplemented
        no service Unimplemented
        metadata map["key":["first" "second \\"quoted\\""]], within the minute: true
        largest reply ok
        its bytes 4194294
        larger reply ResourceExhausted
        large request ok
        oversize request ResourceExhausted
        after it ok
        deadline true
        slept 1 ms

        """

    private static let rust = """
        echo ok, 7 bytes
        empty echo ok, 0 bytes
        fail NOT_FOUND failed as asked
        detail type.googleapis.com/google.rpc.ErrorInfo 37 bytes
        code 0 ok, 0 bytes
        no method UNIMPLEMENTED method Nope
        detail type.googleapis.com/google.rpc.ErrorInfo 23 bytes
        metadata {"metadata":{"key":["first","second"]}
        largest reply ok, 4194299 bytes
        larger reply RESOURCE_EXHAUSTED the reply is larger than a frame may be
        detail type.googleapis.com/google.rpc.ErrorInfo 24 bytes
        oversize request RESOURCE_EXHAUSTED a frame's payload is at most 4194304 bytes
        detail type.googleapis.com/google.rpc.ErrorInfo 24 bytes
        after it ok, 12 bytes
        deadline exceeded
        slept 1 ms
        100 callers, 20 calls each

        """
}
