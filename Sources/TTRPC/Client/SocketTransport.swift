// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import Synchronization

/// Carries calls over one connection to a Unix socket, made when needed.
///
/// A call on an idle connection is sent by the thread that makes it. When others are under way the
/// event loop is woken once for as many as have come, and sends their frames in one go. The event
/// loop alone reads.
final class SocketTransport: CallTransport {
    let eventLoop: any EventLoop
    private let path: String
    private let configuration: ClientConfiguration
    private let environment: ClientEnvironment
    private let link: Mutex<ClientLink>
    private let lastToken = Atomic<UInt64>(0)

    init(path: String, configuration: ClientConfiguration, environment: ClientEnvironment) {
        eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        self.path = path
        self.configuration = configuration
        self.environment = environment
        link = Mutex(ClientLink(configuration: configuration, environment: environment))
    }

    // MARK: Calls

    func makeToken() -> UInt64 {
        lastToken.add(1, ordering: .relaxed).newValue
    }

    func begin(_ call: PendingCall) {
        let now = environment.now()
        perform(link.withLock { $0.begin(call, now: now) })
    }

    func cancel(_ token: UInt64) {
        perform(link.withLock { $0.cancel(token) })
    }

    func disconnect() {
        let channel = link.withLock { $0.connection?.channel }
        channel?.close(promise: nil)
    }

    func close() {
        perform(link.withLock { $0.close() })
    }

    // MARK: Streams

    func write(_ message: [UInt8], on key: StreamKey) async -> RPCError? {
        guard message.count <= configuration.limits.framePayloadBytesMax else {
            return .frameTooLarge(configuration.limits.framePayloadBytesMax)
        }
        if let effects = link.withLock({ $0.writeNow(message, on: key) }) {
            perform(effects)
            return nil
        }
        return await withCheckedContinuation { continuation in
            let pending = PendingMessage(bytes: message, writer: continuation)
            perform(link.withLock { $0.write(pending, on: key) })
        }
    }

    func finish(_ key: StreamKey) {
        perform(link.withLock { $0.finish(key) })
    }

    func consumed(_ byteCount: Int, on key: StreamKey) {
        perform(link.withLock { $0.consumed(byteCount, on: key) })
    }

    // MARK: State

    var states: ConnectionStates {
        ConnectionStates(
            read: { self.link.withLock(\.state) },
            subscribe: { self.subscribe() })
    }

    private func subscribe() -> AsyncStream<ConnectionState> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ConnectionState.self,
            bufferingPolicy: .bufferingNewest(ConnectionStates.changesMax))
        let token = makeToken()
        continuation.onTermination = { [weak self] _ in
            self?.link.withLock { $0.observers[token] = nil }
        }
        link.withLock { link in
            continuation.yield(link.state)
            if link.state != .closed {
                link.observers[token] = continuation
            }
        }
        if states.current == .closed {
            continuation.finish()
        }
        return stream
    }

    // MARK: Effects

    private func perform(_ effects: ClientEffects) {
        switch effects.sending {
        case .nothing: break
        case .here(let outgoing): send(outgoing)
        case .byLoop: eventLoop.execute { self.flush() }
        }
        effects.resume()
        if effects.connects {
            connect()
        }
        if let pause = effects.pause {
            eventLoop.scheduleTask(in: TimeAmount(pause)) { [weak self] in
                guard let self else { return }
                perform(link.withLock { $0.pauseEnded() })
            }
        }
        if let (instant, number) = effects.alarm {
            let delay = environment.now().duration(to: instant)
            eventLoop.scheduleTask(in: TimeAmount(delay) + .microseconds(1)) { [weak self] in
                self?.ring(number)
            }
        }
        effects.closing?.close(promise: nil)
    }

    private func ring(_ number: UInt64) {
        let now = environment.now()
        perform(link.withLock { $0.alarmRang(number, now: now) })
    }

    private func send(_ outgoing: OutgoingBytes) {
        let count = outgoing.socket.send(outgoing.bytes)
        perform(link.withLock { $0.sent(outgoing, count: count) })
    }

    /// Sends what waits; on the event loop.
    private func flush() {
        if let outgoing = link.withLock({ $0.takeForLoop() }) {
            let count = outgoing.socket.send(outgoing.bytes)
            let effects = link.withLock { $0.sent(outgoing, count: count) }
            guard let count, count < outgoing.bytes.readableBytes else {
                return perform(effects)
            }
            // What is left has been put back, and the socket has no room: the channel waits for it.
            effects.resume()
        }
        guard let (channel, number, bytes) = link.withLock({ $0.takeForChannel() }) else {
            return
        }
        channel.writeAndFlush(bytes).whenSuccess {
            self.perform(self.link.withLock { $0.channelSent(on: number) })
        }
    }

    // MARK: Connection

    private func connect() {
        ClientBootstrap(group: eventLoop)
            .connectTimeout(TimeAmount(configuration.connectTimeout))
            .connect(unixDomainSocketPath: path)
            .whenComplete { self.connected($0) }
    }

    /// Connecting has ended; on the event loop.
    private func connected(_ result: Result<any Channel, any Error>) {
        do {
            let channel = try result.get()
            let handler = ClientConnectionHandler(self, limits: configuration.limits)
            let operations = channel.pipeline.syncOperations
            try operations.addHandler(handler)
            let socket = try operations.withUnsafeTransportIfAvailable(
                of: NIOBSDSocket.Handle.self
            ) { SendingSocket(copying: $0) }
            let (number, effects) = link.withLock { $0.connected(channel, socket ?? nil) }
            handler.number = number
            perform(effects)
            if let number, !channel.isActive {
                connectionLost(number)
            }
        } catch {
            let reason = RPCError(connecting: path, error, configuration.connectTimeout)
            perform(link.withLock { $0.connectFailed(reason) })
        }
    }

    /// Frames have come; on the event loop.
    func receive(_ events: [FrameDecoder.Event], on number: UInt64) {
        perform(link.withLock { $0.receive(events, on: number) })
    }

    /// The connection has ended; on the event loop.
    func connectionLost(_ number: UInt64) {
        perform(link.withLock { $0.connectionLost(number) })
    }
}
