// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore

/// Drives one connection: bytes to frames, frames to the state machine, its actions to bytes.
///
/// Everything here runs on the connection's event loop.
final class ServerConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let shared: ServerShared
    private let peer: Peer
    private let account: PeerAccount
    private let lane: Int

    private var machine: ServerConnection
    private var decoder: FrameDecoder
    private var timers: ConnectionTimers
    private var alarm = ConnectionAlarm()
    private var output = ConnectionOutput()
    private var watched: WatchedCalls

    private var context: ChannelHandlerContext?
    private var outbox: ReplyOutbox?
    private var control: ConnectionControl?

    /// Whether replies wait for the end of the batch that is being worked on.
    private var isBatching = false
    private var isClosing = false
    private var hasCompletedFrame = false

    init(shared: ServerShared, peer: Peer, account: PeerAccount, lane: Int) {
        self.shared = shared
        self.peer = peer
        self.account = account
        self.lane = lane
        machine = ServerConnection(limits: shared.limits)
        watched = WatchedCalls(shared.interceptors)
        decoder = FrameDecoder(payloadBytesMax: shared.limits.framePayloadBytesMax)
        timers = ConnectionTimers(limits: shared.limits, now: .now)
    }

    var counters: ConnectionCounters {
        machine.counters
    }

    // MARK: Channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        outbox = ReplyOutbox(self, account: account, eventLoop: context.eventLoop)
        let control = ConnectionControl(self, eventLoop: context.eventLoop)
        self.control = control
        if shared.connections.opened(control) {
            machine.drain()
        }
    }

    func channelActive(context: ChannelHandlerContext) {
        setAlarm(timers.next)
        closeIfFinished()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isBatching = true
        decoder.append(unwrapInboundIn(data))
        while !isClosing, let event = decoder.next() {
            receive(event)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isBatching = false
        timers.received(
            completedFrame: hasCompletedFrame, isInsideFrame: decoder.isInsideFrame,
            now: { .now })
        hasCompletedFrame = false
        flush()
        setAlarm(timers.next)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            // A peer that has gone altogether ends the channel right after this.
            timers.inputClosed()
            machine.closeInput()
            closeIfFinished()
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        // Who does not read its replies is not read from.
        context.channel.setOption(.autoRead, value: context.channel.isWritable)
            .assumeIsolated().whenFailure { _ in }
        noteQueue()
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        release(context)
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        release(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // ECONNRESET and EPIPE: the peer has gone.
        close()
    }

    private func release(_ context: ChannelHandlerContext) {
        guard let control else {
            return
        }
        isClosing = true
        alarm.cancel()
        outbox?.disconnect()
        control.disconnect(machine.counters)
        watched.abandoned()
        account.addQueuedBytes(-output.queuedBytes)
        shared.accounts.endConnection(uid: peer.uid)
        shared.connections.closed(control, machine.counters)
        self.control = nil
        self.outbox = nil
        self.context = nil
    }

    // MARK: Requests

    private func receive(_ event: FrameDecoder.Event) {
        switch event {
        case .frame(let header, let payload):
            hasCompletedFrame = true
            switch machine.receive(header, payload.readableBytesUInt8Span) {
            case .request(let envelope): dispatch(header, envelope, payload)
            case .refuse(let error): respond(header.streamID, .failure(error))
            case .ignore: break
            case .close: closeAfterBreach()
            }
        case .oversize(let header):
            hasCompletedFrame = true
            switch machine.receiveOversize(header) {
            case .refuse(let error): respond(header.streamID, .failure(error))
            case .request, .ignore: break
            case .close: closeAfterBreach()
            }
        case .notTTRPC:
            _ = machine.receiveGarbage()
            closeAfterBreach()
        }
    }

    private func dispatch(
        _ header: FrameHeader, _ envelope: RequestEnvelope, _ payload: ByteBuffer
    ) {
        let bytes = payload.readableBytesUInt8Span
        let match = shared.services.find(
            service: bytes.extracting(envelope.service),
            method: bytes.extracting(envelope.method))
        switch match {
        case .found(let entry):
            start(entry, header, envelope, bytes)
        case .noService:
            refuse(header, .noService(String(lossy: bytes.extracting(envelope.service))))
        case .noMethod:
            refuse(header, .noMethod(String(lossy: bytes.extracting(envelope.method))))
        }
    }

    private func start(
        _ entry: MethodTable.Entry, _ header: FrameHeader, _ envelope: RequestEnvelope,
        _ bytes: Span<UInt8>
    ) {
        let now = ContinuousClock.Instant.now
        let method = entry.descriptor
        if case .denied(let error) = shared.authorize(peer, method) {
            return refuse(header, error, method, envelope, now)
        }
        guard method.kind != .unary || !header.flags.contains(.remoteOpen) else {
            return refuse(header, .notAStream, method, envelope, now)
        }
        guard let outbox, account.beginCall(limit: shared.limits.callsPerUserMax) else {
            let error = RPCError.tooManyCalls("user", retryAfter: shared.limits.retryDelay)
            return refuse(header, error, method, envelope, now)
        }
        let action = machine.begin(
            header.streamID, timeoutNanoseconds: envelope.timeoutNanoseconds, now: now)
        switch action {
        case .refuse(let error):
            account.endCall()
            respond(header.streamID, .failure(error))
            tellRefused(method, envelope, now, error.code)
        case .start(let key, let deadline):
            let call = ServerCall(
                method: method, peer: peer, metadata: envelope.metadata, lane: lane,
                deadline: deadline)
            setAlarm(deadline)
            watched.began(key, call, now: now)
            entry.invoke(bytes.extracting(envelope.payload), call, key, outbox)
        }
    }

    private func refuse(_ header: FrameHeader, _ error: RPCError) {
        machine.counters.callsRefused += 1
        respond(header.streamID, .failure(error))
    }

    private func refuse(
        _ header: FrameHeader, _ error: RPCError, _ method: MethodDescriptor,
        _ envelope: RequestEnvelope, _ now: ContinuousClock.Instant
    ) {
        refuse(header, error)
        tellRefused(method, envelope, now, error.code)
    }

    private func tellRefused(
        _ method: MethodDescriptor, _ envelope: RequestEnvelope, _ now: ContinuousClock.Instant,
        _ code: StatusCode
    ) {
        guard watched.isWatching else {
            return
        }
        let call = ServerCall(
            method: method, peer: peer, metadata: envelope.metadata, lane: lane, deadline: now)
        watched.refused(call, code, since: now)
    }

    // MARK: Replies

    /// A handler has finished.
    func reply(_ key: CallKey, _ outcome: UnaryOutcome) {
        answer(key, outcome)
        flush()
    }

    /// Handlers have finished elsewhere.
    func reply(_ replies: [(CallKey, UnaryOutcome)]) {
        for (key, outcome) in replies {
            answer(key, outcome)
        }
        flush()
    }

    func countDroppedReply() {
        machine.counters.repliesDropped += 1
        shared.logger.error(
            "A handler let go of a call without a reply.",
            metadata: ["peer.uid": "\(peer.uid)", "lane": "\(lane)"])
    }

    func countRepeatedReply() {
        machine.counters.repliesRepeated += 1
    }

    private func answer(_ key: CallKey, _ outcome: UnaryOutcome) {
        guard machine.finish(key) else {
            return
        }
        let code = respond(key.streamID, outcome)
        watched.ended(key, code)
    }

    @discardableResult
    private func respond(_ streamID: UInt32, _ outcome: UnaryOutcome) -> StatusCode {
        var outcome = outcome
        if case .success(let bytes) = outcome, !hasRoom(for: bytes.count) {
            outcome = .failure(.queueFull(retryAfter: shared.limits.retryDelay))
        }
        return output.pending.writeResponseFrame(
            streamID: streamID, outcome, payloadBytesMax: shared.limits.framePayloadBytesMax)
    }

    private func hasRoom(for byteCount: Int) -> Bool {
        let waiting = output.pending.readableBytes + byteCount
        return output.queuedBytes + waiting <= shared.limits.queuedBytesPerConnectionMax
            && account.queuedByteCount + waiting <= shared.limits.queuedBytesPerUserMax
    }

    private func flush() {
        guard !isBatching, let context else {
            return
        }
        if let bytes = output.take() {
            context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
            noteQueue()
        }
        closeIfFinished()
    }

    private func noteQueue() {
        guard let context, !isClosing else {
            return
        }
        let queued = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        let change = output.note(queuedBytes: queued ?? 0)
        if change != 0 {
            account.addQueuedBytes(change)
        }
        timers.wrote(
            writtenBytes: output.writtenBytes, queuedBytes: output.queuedBytes, now: { .now })
        if output.queuedBytes > 0 {
            setAlarm(timers.next)
        }
    }

    // MARK: Time

    private func setAlarm(_ instant: ContinuousClock.Instant?) {
        guard let instant, let context, !isClosing else {
            return
        }
        alarm.set(instant, now: .now, context.eventLoop.assumeIsolated()) { [weak self] in
            self?.alarmRang()
        }
    }

    private func alarmRang() {
        alarm.rang()
        noteQueue()
        let now = ContinuousClock.Instant.now
        guard !timers.isPeerTooSlow(now: now) else {
            machine.counters.peersTooSlow += 1
            close()
            return
        }
        for key in machine.expire(now: now) {
            let code = respond(key.streamID, .failure(.deadlineExceeded))
            watched.ended(key, code)
        }
        flush()
        setAlarm(machine.firstDeadline)
        setAlarm(timers.next)
    }

    // MARK: The end

    /// Refuses new calls, and closes when the running ones are answered.
    func drain() {
        machine.drain()
        closeIfFinished()
    }

    /// Closes at once; calls that run are not answered.
    func close() {
        isClosing = true
        context?.close(promise: nil)
    }

    private func closeAfterBreach() {
        shared.logger.info(
            "Closed a connection that broke the protocol.",
            metadata: ["peer.uid": "\(peer.uid)", "peer.pid": "\(peer.pid)"])
        isBatching = false
        flush()
        close()
    }

    private func closeIfFinished() {
        guard machine.isFinished, !isBatching, !isClosing, let context else {
            return
        }
        isClosing = true
        alarm.cancel()
        // The empty write ends when all replies before it have left.
        let flushed = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: flushed)
        flushed.futureResult.assumeIsolated().whenComplete { [weak self] _ in
            self?.context?.close(promise: nil)
        }
    }
}
