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
/// the three the server may have done what was asked, or may yet do it. A server that knows the
/// CANCEL frame is told that nobody waits.
///
/// The connection ends with the last who holds the client, a stream of it included.
public final class Client: RPCClient {
    let transport: any CallTransport
    let environment: ClientEnvironment
    private let configuration: ClientConfiguration
    private let interceptors: [any ClientInterceptor]
    private let throttle: Mutex<RetryThrottle>

    /// Makes a client; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - path: of the server's socket.
    ///   - configuration: timeouts, retries and limits.
    ///   - interceptors: told of each call.
    ///   - environment: time and randomness.
    public convenience init(
        path: String, configuration: ClientConfiguration = .init(),
        interceptors: [any ClientInterceptor] = [], environment: ClientEnvironment = .system
    ) {
        self.init(
            transport: SocketTransport(
                path: path, configuration: configuration, environment: environment),
            configuration: configuration, interceptors: interceptors, environment: environment)
    }

    init(
        transport: any CallTransport, configuration: ClientConfiguration,
        interceptors: [any ClientInterceptor] = [], environment: ClientEnvironment
    ) {
        self.transport = transport
        self.configuration = configuration
        self.interceptors = interceptors
        self.environment = environment
        executor = EventLoopExecutor(transport.eventLoop)
        throttle = Mutex(RetryThrottle(configuration.retry))
    }

    deinit {
        transport.close()
    }

    /// Runs tasks on the event loop of the client's connection.
    ///
    /// A task that prefers it goes on where its answer arrives, which spares the way to the thread
    /// pool: for callers that make one call after another and want each answer soon. What runs
    /// there must not block.
    ///
    /// ```swift
    /// let status = try await withTaskExecutorPreference(client.executor) {
    ///     try await health.check(HealthCheckRequest())
    /// }
    /// ```
    public let executor: any TaskExecutor

    /// What the connection is up to, and each change of it.
    public var state: ConnectionStates {
        transport.states
    }

    /// The same client for callers that wait with their thread.
    public var blocking: BlockingClient {
        BlockingClient(self)
    }

    /// Makes one unary call with encoded messages.
    ///
    /// - Parameters:
    ///   - method: the method, of kind ``CallKind/unary``.
    ///   - request: the request's bytes.
    ///   - options: timeout, metadata and whether repeating does no harm.
    /// - Returns: the response's bytes, and the server's metadata.
    /// - Throws: ``RPCError``.
    public func unary(
        _ method: MethodDescriptor, _ request: [UInt8], options: CallOptions
    ) async throws(RPCError) -> UnaryResponse {
        var (watched, attempts) = prepare(method, request, options)
        do throws(RPCError) {
            while true {
                try checkDeadline(attempts)
                let outcome = await transport.attempt(attempts.call)
                switch decide(after: outcome, &attempts) {
                case .finish(let result):
                    let response = try result.get()
                    watched.ended(nil)
                    return response
                case .repeatAfter(let pause): try await self.pause(pause)
                }
            }
        } catch {
            watched.ended(error)
            throw error
        }
    }

    /// Opens a stream.
    ///
    /// An attempt whose request has not left this process is repeated; once it has, nothing is.
    ///
    /// - Parameters:
    ///   - method: the method, of any kind but ``CallKind/unary``.
    ///   - request: the request's bytes if the method takes a single one.
    ///   - options: timeout of the whole stream, and metadata.
    /// - Returns: the stream; letting go of it gives the call up.
    /// - Throws: ``RPCError``.
    public func open(
        _ method: MethodDescriptor, _ request: [UInt8]?, options: CallOptions
    ) async throws(RPCError) -> ClientStream {
        var (watched, attempts) = prepareStream(method, request, options)
        do throws(RPCError) {
            while true {
                try checkDeadline(attempts)
                let inbox = StreamInbox { [watched] in watched.ended($0) }
                let token = transport.open(attempts.call, inbox)
                let failure = await withTaskCancellationHandler {
                    await inbox.opened()
                } onCancel: { [transport] in
                    transport.cancel(token)
                }
                guard let failure else {
                    return ClientStream(SocketStream(self, inbox, token))
                }
                try await pause(pauseOrThrow(after: failure, &attempts))
            }
        } catch {
            watched.ended(error)
            throw error
        }
    }

    /// Ends the connection, if there is one: calls that run are lost, the next connects again.
    public func disconnect() {
        transport.disconnect()
    }

    /// Ends the connection for good: calls that run or wait fail, and so do later ones.
    public func close() {
        transport.close()
    }

    // MARK: Attempts

    func prepare(
        _ method: MethodDescriptor, _ request: [UInt8], _ options: CallOptions
    ) -> (WatchedCall, CallAttempts) {
        precondition(method.kind == .unary, "\(method) is not unary")
        return prepare(
            method, request, options, timeout: options.timeout ?? configuration.timeoutDefault)
    }

    func prepareStream(
        _ method: MethodDescriptor, _ request: [UInt8]?, _ options: CallOptions
    ) -> (WatchedCall, CallAttempts) {
        precondition(method.kind != .unary, "\(method) is unary")
        precondition(
            (request != nil) == (method.kind == .serverStreaming),
            "\(method) takes a request if and only if it streams responses alone")
        return prepare(method, request ?? [], options, timeout: options.timeout)
    }

    private func prepare(
        _ method: MethodDescriptor, _ request: [UInt8], _ options: CallOptions,
        timeout: Duration?
    ) -> (WatchedCall, CallAttempts) {
        let watched = WatchedCall(
            ClientCall(method: method, timeout: timeout, metadata: options.metadata),
            interceptors, now: environment.now)
        let deadline = watched.deadline(or: configuration.timeoutDefault)
        let call = OutgoingCall(
            method: method, request: request, metadata: watched.call.metadata,
            deadline: timeout == nil ? nil : deadline, sendBy: deadline,
            waitsForReady: options.waitsForReady)
        return (watched, CallAttempts(call, isIdempotent: options.isIdempotent))
    }

    func checkDeadline(_ attempts: CallAttempts) throws(RPCError) {
        guard environment.now() < attempts.call.sendBy else {
            throw .deadlineExceeded
        }
    }

    func decide(after outcome: AttemptOutcome, _ attempts: inout CallAttempts) -> RetryDecision {
        throttle.withLock { throttle in
            attempts.decide(
                after: outcome, policy: configuration.retry, throttle: &throttle, environment)
        }
    }

    /// How long to wait before a stream is opened again.
    func pauseOrThrow(
        after failure: AttemptOutcome, _ attempts: inout CallAttempts
    ) throws(RPCError) -> Duration {
        switch decide(after: failure, &attempts) {
        case .repeatAfter(let pause): return pause
        case .finish(let result):
            _ = try result.get()
            throw .connectionLost
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
