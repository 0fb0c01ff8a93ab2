// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOPosix
import Synchronization
import TTRPC
import Testing

/// What a client does beside single calls: state, waiting, blocking, interceptors, many at once.
@Suite(.timeLimit(.minutes(2))) struct ClientLifeTests {
    private static let echo = ProbeService.method("C")

    private func patientClient(
        _ path: String, interceptors: [any ClientInterceptor] = []
    ) -> Client {
        var configuration = ClientConfiguration()
        configuration.limits = .patient
        configuration.timeoutDefault = .seconds(500)
        return Client(path: path, configuration: configuration, interceptors: interceptors)
    }

    // MARK: State

    @Test func `the state tells each change, and ends with closed`() async throws {
        try await withProbeServer { server in
            let client = patientClient(server.path)
            var states = client.state.makeAsyncIterator()
            #expect(client.state.current == .idle)
            _ = try await client.unary(Self.echo, [], options: .init())
            #expect(client.state.current == .ready)
            client.close()
            var seen: [ConnectionState] = []
            while let state = await states.next() { seen.append(state) }
            #expect(seen == [.idle, .connecting, .ready, .closed])
            let error = await #expect(throws: RPCError.self) {
                try await client.unary(Self.echo, [], options: .init())
            }
            #expect(error?.detail(ErrorInfo.self)?.reason == "CLIENT_CLOSED")
        }
    }

    @Test func `a failed connect is a transient failure with its reason`() async throws {
        var configuration = ClientConfiguration()
        configuration.retry = .none
        let client = Client(path: temporarySocketPath(), configuration: configuration)
        var states = client.state.makeAsyncIterator()
        _ = try? await client.unary(Self.echo, [], options: .init())
        var seen: [ConnectionState] = []
        while seen.count < 3, let state = await states.next() { seen.append(state) }
        guard case .transientFailure(let error) = seen.last else {
            Issue.record("\(seen)")
            return
        }
        #expect(error.detail(ErrorInfo.self)?.reason == "CONNECT_FAILED")
    }

    @Test(arguments: [CallKind.unary, .serverStreaming])
    func `a call that waits for ready outlasts failed connects`(kind: CallKind) async throws {
        let path = temporarySocketPath()
        let client = patientClient(path)
        let options = CallOptions(waitsForReady: true)
        let call = Task {
            if kind == .unary {
                return try await client.unary(Self.echo, [7], options: options).payload
            }
            let stream = try await client.open(streaming(kind), [7], options: options)
            stream.cancel()
            return [7]
        }
        for await state in client.state {
            if case .transientFailure = state { break }
        }
        let server = Server(services: ProbeService().registry())
        try await server.listen(at: path)
        let answer = try await call.value
        #expect(answer == [7])
        await server.drain(grace: .zero)
    }

    @Test func `the deadline covers the wait for a server`() async throws {
        let client = patientClient(temporarySocketPath())
        let error = await #expect(throws: RPCError.self) {
            try await client.unary(
                Self.echo, [],
                options: CallOptions(timeout: .milliseconds(200), waitsForReady: true))
        }
        #expect(error?.code == .deadlineExceeded)
    }

    // MARK: Many

    @Test func `5,000 calls at once share one connection`() async throws {
        try await withProbeServer { server in
            let client = patientClient(server.path)
            let wrong = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<5_000 {
                    group.addTask {
                        let bytes = [UInt8(number & 0x7f), UInt8(number >> 7)]
                        let name = number % 5 == 0 ? "Later" : "C"
                        let answer = try? await client.unary(
                            ProbeService.method(name), bytes, options: .init())
                        return answer?.payload != bytes
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(wrong == 0)
            #expect(server.server.connectionCount == 1)
        }
    }

    @Test func `large requests and small ones leave whole and in order`() async throws {
        try await withProbeServer { server in
            let client = patientClient(server.path)
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let bytes = [UInt8](
                            repeating: UInt8(number), count: number % 4 == 0 ? 1 << 20 : number)
                        let answer = try await client.unary(Self.echo, bytes, options: .init())
                        return answer.payload == bytes
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    // MARK: A server that stops reading

    @Test func `a request that a draining server does not read goes over the next connection`()
        async throws
    {
        let server = try ScriptedServer()
        let first = server.serve { socket in
            let request = try socket.frame(ofType: 1)
            socket.respond(request.id, .success([1]))
            shutdown(socket.fileDescriptor, Int32(SHUT_RD))
            // The client's next request fails here; then the connection ends.
            usleep(200_000)
        }
        let client = server.client(retry: .none)
        let one = try await client.unary(Self.echo, [], options: .init())
        #expect(one.payload == [1])
        let second = server.serve { socket in
            let request = try socket.frame(ofType: 1)
            socket.respond(request.id, .success([2]))
        }
        usleep(50_000)
        let two = try await client.unary(Self.echo, [], options: .init())
        #expect(two.payload == [2])
        try await first.value
        try await second.value
    }

    // MARK: Blocking

    /// Runs what blocks on a thread that may.
    private func onThread<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        let pool = NIOThreadPool(numberOfThreads: 1)
        pool.start()
        defer { pool.shutdownGracefully { _ in } }
        return try await pool.runIfActive { try body() }
    }

    @Test func `a thread may call and wait`() async throws {
        try await withProbeServer { server in
            let client = patientClient(server.path)
            let (raw, typed, code) = try await onThread {
                let raw = try client.blocking.unary(Self.echo, [1], options: .init()).payload
                let typed: Raw = try client.blocking.unary(Self.echo, Raw(bytes: [2]))
                var code: StatusCode?
                do throws(RPCError) {
                    _ = try client.blocking.unary(
                        ProbeService.method("Fail"), [5], options: .init())
                } catch {
                    code = error.code
                }
                return (raw, typed.bytes, code)
            }
            #expect(raw == [1])
            #expect(typed == [2])
            #expect(code == .notFound)
        }
    }

    @Test func `a thread's calls are repeated and expire too`() async throws {
        let client = patientClient(temporarySocketPath())
        let codes = try await onThread {
            [CallOptions(), CallOptions(timeout: .milliseconds(100), waitsForReady: true)].map {
                options in
                do throws(RPCError) {
                    _ = try client.blocking.unary(Self.echo, [], options: options)
                    return StatusCode.ok
                } catch {
                    return error.code
                }
            }
        }
        #expect(codes == [.unavailable, .deadlineExceeded])
    }

    @Test(arguments: [false, true])
    func `a thread takes a stream as a sequence, its error last`(fails: Bool) async throws {
        let server = try ScriptedServer()
        let script = server.serve { socket in
            let request = try socket.frame(ofType: 1)
            socket.data(request.id, [1])
            socket.data(request.id, [2])
            if fails {
                socket.respond(request.id, .failure(RPCError(.aborted)))
            } else {
                socket.data(request.id, flags: 5)
            }
        }
        let client = server.client()
        let seen = try await onThread {
            let messages: BlockingMessages<Raw> = try client.blocking.serverStreaming(
                streaming(.serverStreaming), Raw())
            return messages.map { result -> [UInt8] in
                switch result {
                case .success(let message): message.bytes
                case .failure(let error): [UInt8(error.code.rawValue)]
                }
            }
        }
        #expect(seen == (fails ? [[1], [2], [10]] : [[1], [2]]))
        try await script.value
    }

    // MARK: Interceptors

    private final class Recorder: ClientInterceptor {
        let name: String
        let lines: Mutex<[String]>

        init(_ name: String) {
            self.name = name
            lines = Mutex([])
        }

        func callBegan(_ call: inout ClientCall) {
            call.metadata.append(key: "traceparent", value: name)
            lines.withLock { $0.append("began \(call.method.name)") }
        }

        func callEnded(_ call: ClientCall, status: StatusCode, duration: Duration) {
            let trace = call.metadata.first(for: "traceparent") ?? ""
            lines.withLock { $0.append("ended \(call.method.name) \(status) \(trace)") }
        }
    }

    @Test func `interceptors add metadata and are told of each call's end`() async throws {
        try await withProbeServer { server in
            let recorder = Recorder("00-1")
            let client = patientClient(server.path, interceptors: [recorder])
            _ = try await client.unary(Self.echo, [], options: .init())
            _ = try? await client.unary(
                ProbeService.method("Fail"), [5], options: .init(metadata: ["traceparent": "x"]))
            let stream = try await client.open(streaming(.serverStreaming), [], options: .init())
            stream.cancel()
            #expect(
                recorder.lines.withLock { $0 } == [
                    "began C", "ended C OK 00-1", "began Fail", "ended Fail NOT_FOUND x",
                    "began S", "ended S CANCELLED 00-1",
                ])
            #expect(server.probe.calls[0].metadata.values(for: "traceparent") == ["00-1"])
        }
    }

    @Test func `interceptors are told of calls that are never sent`() async throws {
        let recorder = Recorder("t")
        let client = patientClient(temporarySocketPath(), interceptors: [recorder])
        let expired = CallOptions(timeout: .zero)
        _ = try? await client.unary(Self.echo, [], options: expired)
        _ = try? await client.open(streaming(.serverStreaming), [], options: expired)
        #expect(
            recorder.lines.withLock { $0 } == [
                "began C", "ended C DEADLINE_EXCEEDED t", "began S", "ended S DEADLINE_EXCEEDED t",
            ])
    }
}
