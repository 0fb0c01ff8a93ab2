// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore

/// Drives one connection: bytes to frames, frames to the state machine, its actions to bytes.
///
/// Everything here runs on the connection's event loop.
final class ServerConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let shared: ServerShared
    let peer: Peer
    let account: PeerAccount
    let lane: Lane

    var machine: ServerConnection
    var running: RunningCalls
    var output = ConnectionOutput()
    var waitingItems = WaitingItems()
    var burst = StreamBurst()

    private var decoder: FrameDecoder
    private var timers: ConnectionTimers
    private var alarm = ConnectionAlarm()

    private(set) var context: ChannelHandlerContext?
    private(set) var outbox: CallOutbox?
    private var control: ConnectionControl?

    /// Whether replies wait for the end of the batch that is being worked on.
    private var isBatching = false
    private(set) var isClosing = false
    private var hasCompletedFrame = false
    private var hasRefusedInput = false

    init(shared: ServerShared, peer: Peer, account: PeerAccount, lane: Lane) {
        self.shared = shared
        self.peer = peer
        self.account = account
        self.lane = lane
        machine = ServerConnection(limits: shared.limits)
        running = RunningCalls(shared.interceptors)
        decoder = FrameDecoder(payloadBytesMax: shared.limits.framePayloadBytesMax)
        timers = ConnectionTimers(limits: shared.limits, now: .now)
    }

    var counters: ConnectionCounters {
        machine.counters
    }

    // MARK: Channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        outbox = CallOutbox(self, account: account, eventLoop: context.eventLoop)
        let control = ConnectionControl(self, eventLoop: context.eventLoop)
        self.control = control
        if shared.connections.opened(control) {
            _ = machine.drain()
        }
    }

    func channelActive(context: ChannelHandlerContext) {
        setAlarm(timers.next)
        closeIfFinished()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isBatching = true
        burst.restart()
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
        self.control = nil
        self.context = nil
        machine.counters.callsCancelled += machine.liveCallCount
        running.abandon()
        waitingItems.endAll()
        outbox?.disconnect()
        outbox = nil
        control.disconnect(machine.counters)
        account.addQueuedBytes(-output.queuedBytes)
        shared.accounts.endConnection(uid: peer.uid)
        shared.connections.closed(control, machine.counters)
    }

    // MARK: Frames

    private func receive(_ event: FrameDecoder.Event) {
        switch event {
        case .frame(let header, let payload):
            hasCompletedFrame = true
            let action = machine.receive(header, payload.readableBytesUInt8Span)
            perform(action, header, payload)
        case .oversize(let header):
            hasCompletedFrame = true
            perform(machine.receiveOversize(header), header, ByteBuffer())
        case .notTTRPC:
            perform(machine.receiveGarbage(), nil, ByteBuffer())
        }
    }

    private func perform(
        _ action: ServerConnection.FrameAction, _ header: FrameHeader?, _ payload: ByteBuffer
    ) {
        switch action {
        case .request(let envelope):
            if let header {
                dispatch(header, envelope, payload)
            }
        case .refuse(let error):
            if let header {
                respond(header.streamID, Reply(outcome: .failure(error)))
            }
        case .ignore: break
        case .close: closeAfterBreach()
        default: performStream(action, Array(payload.readableBytesView))
        }
    }

    // MARK: Output

    /// Sends what was written, unless more of the same batch is to come.
    func flush() {
        guard !isBatching, let context else {
            return
        }
        if let bytes = output.take() {
            context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
            if output.wantsNote {
                noteQueue()
            }
        }
        closeIfFinished()
    }

    func noteQueue() {
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

    func setAlarm(_ instant: ContinuousClock.Instant?) {
        guard let instant, !alarm.covers(instant), let context, !isClosing else {
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
            answerOver(key, .deadlineExceeded)
        }
        flush()
        setAlarm(machine.firstDeadline)
        setAlarm(timers.next)
    }

    // MARK: The end

    /// Refuses new calls, ends streams, and closes when the running calls are answered.
    func drain() {
        for key in machine.drain() {
            answerOver(key, .draining(retryAfter: shared.limits.retryDelay))
        }
        flush()
        closeIfFinished()
    }

    /// Ends the calls that still run and closes, at the latest after `patience`.
    func cutOff(patience: TimeAmount) {
        guard let context, !isClosing else {
            return close()
        }
        for key in machine.cutOff() {
            answerOver(key, .draining(retryAfter: shared.limits.retryDelay))
        }
        // Who does not read its answers is not waited for.
        context.eventLoop.assumeIsolated().scheduleTask(in: patience) { [weak self] in
            self?.close()
        }
        flush()
    }

    /// Closes at once; calls that run are not answered.
    func close() {
        isClosing = true
        context?.close(promise: nil)
    }

    func closeAfterBreach() {
        shared.logger.info(
            "Closed a connection that broke the protocol.",
            metadata: ["peer.uid": "\(peer.uid)", "peer.pid": "\(peer.pid)"])
        isBatching = false
        flush()
        close()
    }

    private func closeIfFinished() {
        guard !isBatching, !isClosing, let context else {
            return
        }
        if machine.shouldRefuseInput, !hasRefusedInput {
            hasRefusedInput = true
            refuseInput(context)
        }
        guard machine.isFinished else {
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

    /// Shuts the receiving side of the socket, not yet the channel's.
    ///
    /// From then on a client's write fails, so that it knows its request was not sent; what was
    /// sent before is still read and refused. The channel sees the end after that.
    private func refuseInput(_ context: ChannelHandlerContext) {
        let operations = context.pipeline.syncOperations
        let isShut = try? operations.withUnsafeTransportIfAvailable(
            of: NIOBSDSocket.Handle.self
        ) { PeerSocket.shutReceivingSide($0) }
        if isShut != true {
            // There is no such socket, so nothing is lost by closing.
            machine.closeInput()
        }
    }
}
