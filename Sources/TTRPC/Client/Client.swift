// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A ttrpc client of one server on a Unix socket.
///
/// It connects on the first call and again when the connection is lost. Any number of tasks may
/// call at the same time over its one connection; calls beyond what the server takes at once wait.
///
/// ```swift
/// let client = Client(path: "/run/shop/shop.sock")
/// let orders = OrderServiceClient(client)
/// let order = try await orders.getOrder(request, options: CallOptions(isIdempotent: true))
/// ```
///
/// A call that gets no answer fails with UNAVAILABLE when the connection is lost, with
/// DEADLINE_EXCEEDED at its deadline and with CANCELLED when its task is cancelled. After any of
/// the three the server may have done what was asked, or may yet do it.
public final class Client: RPCClient {
    private let transport: any CallTransport
    private let configuration: ClientConfiguration
    private let environment: ClientEnvironment
    private let throttle: Mutex<RetryThrottle>

    /// Makes a client; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - path: of the server's socket.
    ///   - configuration: timeouts, retries and limits.
    ///   - environment: time and randomness.
    public convenience init(
        path: String, configuration: ClientConfiguration = .init(),
        environment: ClientEnvironment = .system
    ) {
        self.init(
            transport: SocketTransport(
                path: path, configuration: configuration, environment: environment),
            configuration: configuration, environment: environment)
    }

    init(
        transport: any CallTransport, configuration: ClientConfiguration,
        environment: ClientEnvironment
    ) {
        self.transport = transport
        self.configuration = configuration
        self.environment = environment
        throttle = Mutex(RetryThrottle(configuration.retry))
    }

    deinit {
        transport.close()
    }

    /// Makes one unary call with encoded messages.
    ///
    /// - Parameters:
    ///   - method: the method, of kind ``CallKind/unary``.
    ///   - request: the request's bytes.
    ///   - options: timeout, metadata and whether repeating does no harm.
    /// - Returns: the response's bytes.
    /// - Throws: ``RPCError``.
    public func unary(
        _ method: MethodDescriptor, _ request: [UInt8], options: CallOptions
    ) async throws(RPCError) -> [UInt8] {
        precondition(method.kind == .unary, "\(method) is not unary")
        let deadline = environment.now().advanced(by: timeout(options))
        var call = OutgoingCall(
            method: method, request: request, metadata: options.metadata, deadline: deadline)
        var attempt = 1
        while true {
            guard environment.now() < deadline else {
                throw .deadlineExceeded
            }
            let outcome = await transport.attempt(call)
            switch decide(outcome, attempt, options, deadline) {
            case .finish(.success(let response)):
                return response
            case .finish(.failure(let error)):
                throw error
            case .repeatAfter(let pause):
                try await self.pause(pause)
            }
            call.metadata = options.metadata
            call.metadata.append(key: "grpc-previous-rpc-attempts", value: "\(attempt)")
            attempt += 1
        }
    }

    /// Ends the connection.
    ///
    /// Calls that run fail; a later call connects again.
    public func close() {
        transport.close()
    }

    private func timeout(_ options: CallOptions) -> Duration {
        options.timeout ?? configuration.timeoutDefault
    }

    private func decide(
        _ outcome: AttemptOutcome, _ attempt: Int, _ options: CallOptions,
        _ deadline: ContinuousClock.Instant
    ) -> RetryDecision {
        throttle.withLock { throttle in
            RetryDecision(
                after: outcome, attempt: attempt, isIdempotent: options.isIdempotent,
                remaining: environment.now().duration(to: deadline), policy: configuration.retry,
                throttle: &throttle, random: environment.random())
        }
    }

    private func pause(_ duration: Duration) async throws(RPCError) {
        do {
            try await environment.sleep(duration)
        } catch {
            throw .callCancelled
        }
    }
}
