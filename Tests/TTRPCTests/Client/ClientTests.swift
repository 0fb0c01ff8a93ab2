// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TTRPC
import Testing

@Suite struct ClientTests {
    static let echo = ProbeService.method("C")

    /// A client whose calls do not expire because the machine is busy.
    private func patientClient(_ path: String, limits: Limits = .patient) -> Client {
        var configuration = ClientConfiguration()
        configuration.limits = limits
        configuration.timeoutDefault = .seconds(500)
        configuration.connectTimeout = .seconds(500)
        return Client(path: path, configuration: configuration)
    }

    @Test func `a call is answered`() async throws {
        try await withProbeServer { server in
            let client = patientClient(server.path)
            let answer = try await client.unary(Self.echo, [1, 2, 3], options: .init())
            #expect(answer.payload == [1, 2, 3])
        }
    }

    @Test func `a typed call is answered`() async throws {
        try await withProbeServer { server in
            let client: any RPCClient = patientClient(server.path)
            let answer: Raw = try await client.unary(Self.echo, Raw(bytes: [5]))
            #expect(answer == Raw(bytes: [5]))
        }
    }

    @Test func `an error comes with its code, message and details`() async throws {
        try await withProbeServer { server in
            let client = patientClient(server.path)
            let error = await #expect(throws: RPCError.self) {
                try await client.unary(ProbeService.method("Fail"), [99], options: .init())
            }
            #expect(error?.code.rawValue == 99)
            #expect(error?.message == "as asked")
            #expect(error?.detail(ErrorInfo.self)?["k"] == "v")
        }
    }

    @Test(arguments: [1, 2])
    func `100 callers at once each get their own answers`(loops: Int) async throws {
        try await withProbeServer(loops: loops) { server in
            let client = patientClient(server.path)
            await withTaskGroup(of: Bool.self) { group in
                for caller in 0..<100 {
                    group.addTask {
                        for turn in 0..<50 {
                            let bytes: [UInt8] = [UInt8(caller), UInt8(turn)]
                            let name = turn % 2 == 0 ? "C" : "Later"
                            let answer = try? await client.unary(
                                ProbeService.method(name), bytes, options: .init())
                            guard answer?.payload == bytes else { return false }
                        }
                        return true
                    }
                }
                for await allRight in group {
                    #expect(allRight)
                }
            }
            #expect(server.server.connectionCount == 1)
        }
    }

    @Test func `calls beyond those the server takes at once wait in the client`() async throws {
        var limits = Limits.patient
        limits.callsPerConnectionMax = 4
        try await withProbeServer(limits: limits) { server in
            let client = patientClient(server.path, limits: limits)
            try await withThrowingTaskGroup(of: UnaryResponse.self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        try await client.unary(ProbeService.method("Hold"), [], options: .init())
                    }
                }
                var answered = 0
                while answered < 10 {
                    let held = await server.probe.takeHeld(min(4, 10 - answered))
                    #expect(held.count <= 4)
                    answered += held.count
                    for one in held { one.reply.succeed(encoded: [9]) }
                }
                for try await answer in group { #expect(answer.payload == [9]) }
            }
            #expect(await server.server.counters().callsRefused == 0)
        }
    }

    @Test func `nobody listening is UNAVAILABLE`() async throws {
        var configuration = ClientConfiguration()
        configuration.retry = .none
        let path = temporarySocketPath()
        let client = Client(path: path, configuration: configuration)
        let error = await #expect(throws: RPCError.self) {
            try await client.unary(Self.echo, [], options: .init())
        }
        #expect(error?.code == .unavailable)
        #expect(error?.detail(ErrorInfo.self)?.reason == "CONNECT_FAILED")
        #expect(
            error?.message == "cannot connect to \(path): No such file or directory")
    }

    @Test func `a lost connection is UNAVAILABLE, and the next call connects again`() async throws {
        try await withProbeServer { server in
            let client = patientClient(server.path)
            let lost = Task {
                try await client.unary(ProbeService.method("Hold"), [], options: .init())
            }
            let held = await server.probe.takeHeld(1)
            client.disconnect()
            let error = await #expect(throws: RPCError.self) { try await lost.value }
            #expect(error?.code == .unavailable)
            #expect(error?.detail(ErrorInfo.self)?.reason == "CONNECTION_LOST")
            held[0].reply.succeed(encoded: [])
            let answer = try await client.unary(Self.echo, [4], options: .init())
            #expect(answer.payload == [4])
        }
    }

    @Test func `an idempotent call survives a lost connection`() async throws {
        try await withProbeServer { server in
            let client = patientClient(server.path)
            let call = Task {
                try await client.unary(
                    ProbeService.method("Hold"), [], options: CallOptions(isIdempotent: true))
            }
            // Kept, because a reply that is let go would answer the call.
            let first = await server.probe.takeHeld(1)
            client.disconnect()
            let again = await server.probe.takeHeld(1)
            #expect(again[0].call.metadata.values(for: "grpc-previous-rpc-attempts") == ["1"])
            again[0].reply.succeed(encoded: [6])
            first[0].reply.succeed(encoded: [5])
            let result = try await call.value
            #expect(result.payload == [6])
        }
    }

    @Test func `a server that comes late is found by the next attempt`() async throws {
        let path = temporarySocketPath()
        let server = Server(services: ProbeService().registry())
        var environment = ClientEnvironment.system
        // The first attempt finds nobody; the pause after it starts the server.
        environment.sleep = { _ in try await server.listen(at: path) }
        let client = Client(path: path, environment: environment)
        let answer = try await client.unary(Self.echo, [3], options: .init())
        #expect(answer.payload == [3])
        await server.drain(grace: .zero)
    }

    @Test func `the deadline ends a call`() async throws {
        try await withProbeServer { server in
            let client = patientClient(server.path)
            let error = await #expect(throws: RPCError.self) {
                try await client.unary(
                    ProbeService.method("Hold"), [],
                    options: CallOptions(timeout: .milliseconds(50)))
            }
            #expect(error?.code == .deadlineExceeded)
        }
    }

    @Test func `the server is told the deadline`() async throws {
        try await withProbeServer { server in
            let client = patientClient(server.path)
            let latest = ContinuousClock.now.advanced(by: .seconds(500))
            let call = Task {
                try await client.unary(
                    ProbeService.method("Hold"), [], options: CallOptions(timeout: .seconds(100)))
            }
            let held = await server.probe.takeHeld(1)
            // Neither the default of 30 seconds nor the maximum of 600.
            #expect(held[0].call.deadline > latest.advanced(by: .seconds(-430)))
            #expect(held[0].call.deadline < latest)
            held[0].reply.succeed(encoded: [1])
            let answer = try await call.value
            #expect(answer.payload == [1])
        }
    }

    @Test(arguments: [Duration.zero, .seconds(-1)])
    func `a timeout that is not positive sends nothing`(timeout: Duration) async throws {
        try await withProbeServer { server in
            let client = patientClient(server.path)
            let error = await #expect(throws: RPCError.self) {
                try await client.unary(Self.echo, [], options: CallOptions(timeout: timeout))
            }
            #expect(error?.code == .deadlineExceeded)
            #expect(server.probe.calls.isEmpty)
        }
    }

    @Test func `cancelling the task cancels the call and spares its neighbours`() async throws {
        try await withProbeServer { server in
            let client = patientClient(server.path)
            let call = Task {
                try await client.unary(ProbeService.method("Hold"), [], options: .init())
            }
            let held = await server.probe.takeHeld(1)
            call.cancel()
            let error = await #expect(throws: RPCError.self) { try await call.value }
            #expect(error?.code == .cancelled)
            held[0].reply.succeed(encoded: [1])
            let result = try await client.unary(Self.echo, [2], options: .init())
            #expect(result.payload == [2])
        }
    }

    @Test func `a request of the largest size goes through and one past it is refused here`()
        async throws
    {
        try await withProbeServer { server in
            let client = patientClient(server.path)
            // Names take 8 bytes, the timeout up to 10, the payload's tag and length 5.
            let room = (4 << 20) - 8 - 5 - 10
            let largest = [UInt8](repeating: 1, count: room)
            let result = try await client.unary(Self.echo, largest, options: .init())
            #expect(result.payload == largest)
            let error = await #expect(throws: RPCError.self) {
                try await client.unary(Self.echo, largest + [1], options: .init())
            }
            #expect(error?.code == .resourceExhausted)
            #expect(server.probe.calls.count == 1)
        }
    }
}
