// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import TTRPC

/// Answers attempts from a list and remembers them.
private final class ScriptedTransport: CallTransport {
    private let script: Mutex<[AttemptOutcome]>
    private let seen = Mutex<[OutgoingCall]>([])

    init(_ script: [AttemptOutcome]) {
        self.script = Mutex(script)
    }

    var attempts: [OutgoingCall] {
        seen.withLock { $0 }
    }

    let eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next()

    var states: ConnectionStates {
        ConnectionStates(read: { .idle }, subscribe: { AsyncStream { $0.finish() } })
    }

    func makeToken() -> UInt64 { 1 }

    func begin(_ call: PendingCall) {
        seen.withLock { $0.append(call.call) }
        call.finish(script.withLock { $0.isEmpty ? .answered(.success([0])) : $0.removeFirst() })
    }

    func cancel(_ token: UInt64) {}

    func write(_ message: [UInt8], on key: StreamKey) async -> RPCError? { nil }

    func finish(_ key: StreamKey) {}

    func consumed(_ byteCount: Int, on key: StreamKey) {}

    func disconnect() {}

    func close() {}
}

/// A clock that moves only when somebody sleeps.
private final class FakeTime: Sendable {
    private let state = Mutex((now: ContinuousClock.now, pauses: [Duration]()))

    var pauses: [Duration] {
        state.withLock(\.pauses)
    }

    func environment(random: Double = 0.5) -> ClientEnvironment {
        ClientEnvironment(
            now: { self.state.withLock(\.now) },
            sleep: { pause in
                self.state.withLock { state in
                    state.now = state.now.advanced(by: pause)
                    state.pauses.append(pause)
                }
            },
            random: { random })
    }
}

@Suite struct RetryTests {
    private static let unavailable = AttemptOutcome.answered(
        .failure(RPCError(.unavailable, "busy")))

    private func call(
        _ script: [AttemptOutcome], options: CallOptions = .init(),
        policy: RetryPolicy = .init(), random: Double = 0.5
    ) async -> (outcome: UnaryOutcome, attempts: [OutgoingCall], pauses: [Duration]) {
        let transport = ScriptedTransport(script)
        let time = FakeTime()
        var configuration = ClientConfiguration()
        configuration.retry = policy
        let client = Client(
            transport: transport, configuration: configuration,
            environment: time.environment(random: random))
        let outcome: UnaryOutcome
        do throws(RPCError) {
            let answer = try await client.unary(
                ProbeService.method("C"), [1], options: options)
            outcome = .success(answer.payload)
        } catch {
            outcome = .failure(error)
        }
        return (outcome, transport.attempts, time.pauses)
    }

    @Test func `UNAVAILABLE is repeated with growing pauses until it is answered`() async {
        let result = await call([Self.unavailable, Self.unavailable, Self.unavailable])
        #expect(result.outcome == .success([0]))
        #expect(result.pauses == [.milliseconds(50), .milliseconds(100), .milliseconds(200)])
        #expect(
            result.attempts.map { $0.metadata.first(for: "grpc-previous-rpc-attempts") } == [
                nil, "1", "2", "3",
            ])
        #expect(Set(result.attempts.map(\.deadline)).count == 1)
    }

    @Test(arguments: [(0.0, 40), (0.5, 50), (1.0, 60)])
    func `a pause is 0.8 to 1.2 times its nominal length`(random: Double, milliseconds: Int) {
        let pause = RetryPolicy().backoff(beforeRepeat: 1, random: random)
        #expect(
            abs(pause.components.attoseconds - Int64(milliseconds) * 1_000_000_000_000_000) < 10)
    }

    @Test func `a pause never exceeds its maximum by more than the jitter`() {
        let policy = RetryPolicy()
        #expect(policy.backoff(beforeRepeat: 5, random: 0.5) == .milliseconds(800))
        #expect(policy.backoff(beforeRepeat: 6, random: 0.5) == .seconds(1))
        #expect(policy.backoff(beforeRepeat: 1_000_000, random: 0.5) == .seconds(1))
    }

    @Test(arguments: [(1, 1), (2, 2), (5, 5), (6, 5), (100, 5)])
    func `there are at most as many attempts as the policy says and never more than 5`(
        attemptsMax: Int, attempts: Int
    ) async {
        var policy = RetryPolicy()
        policy.attemptsMax = attemptsMax
        policy.throttleTokensMax = 100
        let result = await call(Array(repeating: Self.unavailable, count: 9), policy: policy)
        #expect(result.outcome.code == .unavailable)
        #expect(result.attempts.count == attempts)
    }

    @Test(arguments: (1...16).filter { $0 != 14 } + [99])
    func `no other code is repeated`(code: Int32) async {
        let error = RPCError(StatusCode(rawValue: code))
        let result = await call(
            [.answered(.failure(error))], options: CallOptions(isIdempotent: true))
        #expect(result.outcome == .failure(error))
        #expect(result.attempts.count == 1)
    }

    @Test(arguments: [(false, 1), (true, 2)])
    func `a lost connection is repeated only for an idempotent call`(
        isIdempotent: Bool, attempts: Int
    ) async {
        let result = await call(
            [.lost(.connectionLost)], options: CallOptions(isIdempotent: isIdempotent))
        #expect(result.attempts.count == attempts)
        #expect(result.outcome.code == (isIdempotent ? .ok : .unavailable))
    }

    @Test func `a request that was never sent is repeated for any call`() async {
        let result = await call([.notSent(.connectFailed("/x", "gone"))])
        #expect(result.outcome.code == .ok)
        #expect(result.attempts.count == 2)
    }

    @Test func `the server's delay is waited for exactly`() async {
        let detail = AnyDetail(RetryInfo(delay: .milliseconds(1234)))
        let busy = RPCError(.unavailable, details: [detail])
        let result = await call([.answered(.failure(busy))])
        #expect(result.pauses == [.milliseconds(1234)])
    }

    @Test func `a negative delay forbids the repeat`() async {
        let detail = AnyDetail(RetryInfo(delay: .seconds(-1)))
        let busy = RPCError(.unavailable, details: [detail])
        let result = await call([.answered(.failure(busy))])
        #expect(result.attempts.count == 1)
        #expect(result.outcome == .failure(busy))
    }

    @Test func `a pause that would pass the deadline is not begun`() async {
        let result = await call(
            [Self.unavailable, Self.unavailable],
            options: CallOptions(timeout: .milliseconds(60)))
        #expect(result.pauses == [.milliseconds(50)])
        #expect(result.outcome.code == .unavailable)
    }

    @Test func `failures of many calls stop all repeats until successes pay for them`() async {
        var throttle = RetryThrottle(RetryPolicy())
        for _ in 0..<4 { throttle.failed() }
        #expect(throttle.allowsRepeat)
        throttle.failed()
        #expect(!throttle.allowsRepeat)
        for _ in 0..<11 { throttle.succeeded() }
        #expect(throttle.allowsRepeat)
        for _ in 0..<1000 { throttle.succeeded() }
        #expect(throttle.tokens == 10)
    }
}
