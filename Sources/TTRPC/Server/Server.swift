// SPDX-License-Identifier: Apache-2.0

public import Logging
import NIOCore
import NIOPosix
import Synchronization

/// A ttrpc server on Unix sockets.
///
/// ```swift
/// var services = ServiceRegistry()
/// orders.register(in: &services)
/// let server = Server(services: services, authorize: { peer, _ in
///     peer.uid == 0 ? .allowed : .denied(RPCError(.permissionDenied))
/// })
/// try await server.listen(at: "/run/shop/shop.sock")
/// // … until it is time to stop:
/// await server.drain(grace: .seconds(10))
/// ```
///
/// Each connection lives on one event loop, whose index is its calls' ``ServerCall/lane``.
/// Handlers run there, and reply from wherever they like. A server that was drained stays so.
public final class Server: Sendable {
    private struct State {
        var listeners: [(channel: any Channel, listener: Listener)] = []
        var isDraining = false
    }

    /// How long a peer may take to read that its calls were cut off.
    private static let cutOffPatience = TimeAmount.milliseconds(200)

    private let shared: ServerShared
    private let group: MultiThreadedEventLoopGroup
    private let state = Mutex(State())

    /// Makes a server that does not listen yet.
    ///
    /// - Parameters:
    ///   - services: the methods it answers.
    ///   - configuration: limits and lanes.
    ///   - authorize: asked before each call is decoded; everybody may call everything by default.
    ///   - interceptors: told of each call.
    ///   - logger: told of what goes wrong; one line for a broken connection, none for a call.
    public init(
        services: ServiceRegistry, configuration: ServerConfiguration = .init(),
        authorize: @escaping Authorize = { _, _ in .allowed },
        interceptors: [any ServerInterceptor] = [], logger: Logger = Logger(label: "ttrpc.server")
    ) {
        shared = ServerShared(
            services: services, limits: configuration.limits, authorize: authorize,
            interceptors: interceptors, logger: logger)
        group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.eventLoopCount)
    }

    deinit {
        group.shutdownGracefully { _ in }
    }

    /// How many lanes there are; ``ServerCall/lane`` is below it.
    public var laneCount: Int {
        group.makeIterator().reduce(0) { count, _ in count + 1 }
    }

    /// How many connections are open.
    public var connectionCount: Int {
        shared.accounts.connectionCount
    }

    /// Listens at a path.
    ///
    /// A socket file that nobody answers on is replaced; any other file is left alone. Draining
    /// removes the file again.
    ///
    /// - Parameters:
    ///   - path: at most 107 bytes.
    ///   - mode: the file's permissions; a client needs write permission. They hold before the
    ///     first client can connect.
    /// - Throws: ``ServerError``.
    public func listen(at path: String, mode: UInt32 = 0o660) async throws(ServerError) {
        try checkNotDraining()
        try await accept(from: Listener(path: path, mode: mode))
    }

    /// Listens on a socket that another process made, such as systemd.
    ///
    /// The descriptor is copied and stays the caller's. The socket is never shut down and its file
    /// never removed, so that connections wait there for the next server.
    ///
    /// - Parameter descriptor: of a bound Unix stream socket.
    /// - Throws: ``ServerError``.
    public func listen(inheriting descriptor: Int32) async throws(ServerError) {
        try checkNotDraining()
        try await accept(from: Listener(inheriting: descriptor))
    }

    /// Stops: accepts nothing more, refuses new calls with UNAVAILABLE and when to retry, lets the
    /// running ones finish, then closes.
    ///
    /// - Parameter grace: how long running calls may take; what runs longer is answered
    ///   UNAVAILABLE, though its work may yet be done.
    public func drain(grace: Duration) async {
        let listeners = state.withLock { state in
            state.isDraining = true
            defer { state.listeners = [] }
            return state.listeners
        }
        for (channel, listener) in listeners {
            await Self.stopAccepting(channel, listener, until: .now.advanced(by: grace))
        }
        // Whoever was accepted last is set up on two loops, one after the other.
        for loop in [group.makeIterator(), group.makeIterator()].joined() {
            try? await loop.submit {}.get()
        }
        let emptied = group.next().makePromise(of: Void.self)
        let cutOff = group.next().scheduleTask(in: TimeAmount(grace)) { [shared] in
            for control in shared.connections.snapshot().open {
                control.cutOff(patience: Self.cutOffPatience)
            }
        }
        shared.connections.drain(emptied: emptied)
        try? await emptied.futureResult.get()
        cutOff.cancel()
    }

    /// What all connections have counted, those that are closed included.
    public func counters() async -> ConnectionCounters {
        let (open, closed) = shared.connections.snapshot()
        var sum = closed
        for control in open {
            if let counters = try? await control.counters().get() {
                sum.add(counters)
            }
        }
        return sum
    }

    private func checkNotDraining() throws(ServerError) {
        guard !state.withLock(\.isDraining) else {
            throw .draining
        }
    }

    private func accept(from listener: Listener) async throws(ServerError) {
        let channel: any Channel
        do {
            channel = try await bootstrap().withBoundSocket(listener.fileDescriptor).get()
        } catch {
            let number = (error as? IOError)?.errnoCode ?? 0
            throw .system(errno: number, doing: "accept")
        }
        // A bootstrap calls listen() with a backlog of its own.
        Listener.restoreBacklog(of: listener.fileDescriptor)
        let isTooLate = state.withLock { state in
            if !state.isDraining {
                state.listeners.append((channel, listener))
            }
            return state.isDraining
        }
        if isTooLate {
            await Self.stopAccepting(channel, listener, until: .now)
            throw .draining
        }
    }

    /// Lets nobody connect any more, but leaves nobody behind who has.
    ///
    /// Whoever waits on an inherited socket waits for the next server.
    private static func stopAccepting(
        _ channel: any Channel, _ listener: Listener, until end: ContinuousClock.Instant
    ) async {
        if listener.removeFile() {
            while listener.hasWaitingConnection, ContinuousClock.now < end {
                try? await Task.sleep(for: .milliseconds(1))
            }
        }
        // Without this the loop might still accept between now and the close.
        try? await channel.setOption(.autoRead, value: false).get()
        try? await channel.close().get()
    }

    private func bootstrap() -> ServerBootstrap {
        let lanes = Lanes(group)
        let limits = shared.limits
        let queueMax = limits.queuedBytesBeforeReadingStops
        return ServerBootstrap(group: group)
            .serverChannelInitializer { [shared] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        AcceptPause(logger: shared.logger))
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(
                .writeBufferWaterMark,
                value: .init(low: max(1, queueMax / 2), high: max(1, queueMax))
            )
            .childChannelInitializer { [shared] channel in
                channel.eventLoop.makeCompletedFuture {
                    try Self.admit(channel, shared, lane: lanes.lane(of: channel.eventLoop))
                }
            }
    }

    /// Finds out who has connected and whether there is room; throws to close the connection.
    private static func admit(_ channel: any Channel, _ shared: ServerShared, lane: Lane) throws {
        let operations = channel.pipeline.syncOperations
        let peer = try operations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
            Peer(socket: $0)
        }
        guard let peer = peer.flatMap({ $0 }) else {
            throw ConnectionRefused.peerUnknown
        }
        guard let account = shared.accounts.beginConnection(uid: peer.uid) else {
            shared.logger.warning(
                "Closed a connection because there are too many.",
                metadata: ["peer.uid": "\(peer.uid)"])
            guard shared.refusedPlaces.take() else {
                throw ConnectionRefused.tooMany
            }
            return try operations.addHandler(
                RefusedConnectionHandler(limits: shared.limits, places: shared.refusedPlaces))
        }
        try operations.addHandler(
            ServerConnectionHandler(shared: shared, peer: peer, account: account, lane: lane))
    }
}

/// Why a connection is closed before its first byte.
private enum ConnectionRefused: Error {
    case peerUnknown
    case tooMany
}
