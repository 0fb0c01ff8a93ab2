// SPDX-License-Identifier: Apache-2.0

import DaemonHarness
import EchoAPI
import TTRPC
import Testing

/// Our client against containerd's server in Go, as Debian ships it.
@Suite(
    .timeLimit(.minutes(10)),
    .enabled(if: ForeignPeer.go.isExpected, "\(ForeignPeer.go.comment)"))
struct ForeignServerTests {
    private func start(in place: DaemonPlace? = nil) async throws -> EchoServer {
        try await EchoServer.start(ForeignPeer.go.build(), ["serve"], in: place)
    }

    /// Runs a test against a server and lets it end.
    private func withServer(_ body: (EchoServer) async throws -> Void) async throws {
        let server = try await start()
        try await body(server)
        #expect(try await server.stop() == 0)
    }

    /// The code that a call ends with; nil where it throws anything but a status.
    private func code(_ call: () async throws -> Void) async -> StatusCode? {
        do {
            try await call()
            return .ok
        } catch {
            return (error as? RPCError)?.code
        }
    }

    @Test func `answers and errors come through, details included`() async throws {
        try await withServer { (server) async throws in
            let echo = EchoClient(server.client())
            let bytes = [UInt8]("hello".utf8)
            #expect(try await echo.echo(BytesValue(value: bytes)).value == bytes)
            #expect(try await echo.echo(BytesValue()).value.isEmpty)
            _ = try await echo.fail(Int32Value())
            let error = try await #require(throws: RPCError.self) {
                _ = try await echo.fail(Int32Value(value: 5))
            }
            #expect(error.code == .notFound)
            #expect(error.message == "failed as asked")
            let info = error.detail(ErrorInfo.self)
            #expect(info?.reason == "ASKED_FOR")
            #expect(info?.domain == "ttrpcprobe.v1.Echo")
            #expect(await code { _ = try await echo.fail(Int32Value(value: 99)) }?.rawValue == 99)
        }
    }

    @Test func `what is not served there is UNIMPLEMENTED`() async throws {
        try await withServer { (server) async throws in
            let client = server.client()
            for (service, name) in [("no.Such", "Echo"), ("ttrpcprobe.v1.Echo", "Nope")] {
                let method = MethodDescriptor(service: service, name: name, kind: .unary)
                let code = await code {
                    let _: ProtoEmpty = try await client.unary(method, ProtoEmpty())
                }
                #expect(code == .unimplemented)
            }
        }
    }

    @Test func `metadata and the deadline reach the server`() async throws {
        try await withServer { (server) async throws in
            let options = CallOptions(timeout: .seconds(90), metadata: ["Key": "v", "key": "w"])
            let seen = try await EchoClient(server.client()).meta(ProtoEmpty(), options: options)
                .value
            #expect(seen.contains(#""key":["v","w"]"#))
            #expect(seen.contains("\"deadline_ms\":"))
        }
    }

    @Test func `a call ends at its deadline and the connection goes on`() async throws {
        try await withServer { (server) async throws in
            let echo = EchoClient(server.client())
            let code = await code {
                _ = try await echo.sleep(
                    Int64Value(value: 600_000), options: CallOptions(timeout: .milliseconds(50)))
            }
            #expect(code == .deadlineExceeded)
            #expect(try await echo.sleep(Int64Value(value: 1)).value == "slept 1 ms")
        }
    }

    @Test func `a reply that is too large fails its call alone`() async throws {
        try await withServer { (server) async throws in
            let echo = EchoClient(server.client())
            let largest = (4 << 20) - 10
            #expect(try await echo.big(Int64Value(value: Int64(largest))).value.count == largest)
            #expect(
                await code { _ = try await echo.big(Int64Value(value: 5 << 20)) }
                    == .resourceExhausted)
            #expect(try await echo.echo(BytesValue(value: [1])).value == [1])
        }
    }

    @Test func `a request that is too large is never sent`() async throws {
        try await withServer { (server) async throws in
            let echo = EchoClient(server.client())
            let bytes = [UInt8](repeating: 0, count: 4 << 20)
            let code = await code { _ = try await echo.echo(BytesValue(value: bytes)) }
            #expect(code == .resourceExhausted)
            #expect(try await echo.echo(BytesValue(value: [1])).value == [1])
        }
    }

    @Test func `a thousand callers share a connection`() async throws {
        try await withServer { (server) async throws in
            let echo = EchoClient(server.client())
            let sums = try await withThrowingTaskGroup(of: Int.self) { group in
                for caller in 0..<1_000 {
                    group.addTask {
                        let bytes = [UInt8](repeating: UInt8(caller % 256), count: caller * 37)
                        return try await echo.echo(BytesValue(value: bytes)).value == bytes ? 1 : 0
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sums == 1_000)
        }
    }

    @Test func `the client finds the server again when it comes back`() async throws {
        let place = try DaemonPlace()
        let first = try await start(in: place)
        let client = first.client { $0.retry = RetryPolicy() }
        let echo = EchoClient(client)
        #expect(try await echo.echo(BytesValue(value: [1])).value == [1])
        #expect(try await first.stop() == 0)
        let second = try await start(in: place)
        let again = try await echo.echo(
            BytesValue(value: [2]), options: CallOptions(isIdempotent: true))
        #expect(again.value == [2])
        #expect(try await second.stop() == 0)
    }
}
