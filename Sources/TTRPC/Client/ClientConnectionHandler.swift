// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Drives one connection of a client; everything here runs on its event loop.
final class ClientConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private weak var loop: ClientLoop?
    private let limits: Limits
    private var connection: ClientConnection<PendingCall>
    private var decoder: FrameDecoder
    private var output = ConnectionOutput()
    private var context: ChannelHandlerContext?

    init(loop: ClientLoop, limits: Limits) {
        self.loop = loop
        self.limits = limits
        connection = ClientConnection(callsMax: limits.callsPerConnectionMax)
        decoder = FrameDecoder(payloadBytesMax: limits.framePayloadBytesMax)
    }

    // MARK: Calls

    /// Whether another call may be written now.
    var hasRoom: Bool {
        connection.hasRoom && (context?.channel.isWritable ?? false)
    }

    /// When the first of the calls in flight expires.
    var firstDeadline: ContinuousClock.Instant? {
        connection.callsInFlight.lazy.map(\.value.call.deadline).min()
    }

    /// Writes a call's request; ``flush()`` is to follow.
    func write(_ call: PendingCall, remaining: Duration) {
        guard remaining > .zero else {
            return call.finish(.expired)
        }
        guard let streamID = connection.begin(call) else {
            return call.finish(.notSent(.connectionLost))
        }
        output.pending.writeRequestFrame(
            streamID: streamID, method: call.call.method, payload: call.call.request,
            timeoutNanoseconds: remaining.wholeNanoseconds, metadata: call.call.metadata)
    }

    /// Sends what was written.
    func flush() {
        guard let context, let bytes = output.take() else {
            return
        }
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        let queued = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        _ = output.note(queuedBytes: queued ?? 0)
    }

    /// Ends calls in flight; their answers will be ignored.
    func forget(where isOver: (PendingCall) -> Bool, _ outcome: AttemptOutcome) {
        let over = connection.callsInFlight.filter { isOver($0.value) }.map(\.key)
        for streamID in over {
            connection.forget(streamID)?.finish(outcome)
        }
    }

    /// Ends the connection.
    func close() {
        context?.close(promise: nil)
    }

    // MARK: Channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        decoder.append(unwrapInboundIn(data))
        while let event = decoder.next() {
            guard receive(event) else {
                return close()
            }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if connection.isUsedUp {
            close()
        } else {
            loop?.send()
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            loop?.send()
        }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        let lost = connection.lose()
        if let loop {
            loop.connectionLost(self, lost)
        } else {
            for call in lost {
                call.finish(.lost(.connectionLost))
            }
        }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        close()
    }

    /// Takes what was received; false if the connection is to be closed.
    private func receive(_ event: FrameDecoder.Event) -> Bool {
        let action: ClientConnection<PendingCall>.FrameAction
        switch event {
        case .frame(let header, let payload):
            action = connection.receive(header, payload.readableBytesUInt8Span)
        case .oversize(let header):
            action = connection.receiveOversize(header, limit: limits.framePayloadBytesMax)
        case .notTTRPC:
            action = .close
        }
        switch action {
        case .finish(let call, let outcome):
            loop?.connectionWorks()
            call.finish(.answered(outcome))
            return true
        case .ignore: return true
        case .close: return false
        }
    }
}
