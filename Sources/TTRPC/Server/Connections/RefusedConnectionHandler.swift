// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// Tells a client that there is no room for its connection, as the answer to its first call.
///
/// ttrpc has no other way to say so: a connection that is just closed tells nothing.
final class RefusedConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How long a client may take to make the call that is refused.
    private static let patience = TimeAmount.seconds(1)

    private let limits: Limits
    private let places: RefusedPlaces
    private var decoder: FrameDecoder
    private var isOver = false

    /// Takes one of `places`, which it gives back when the connection ends.
    init(limits: Limits, places: RefusedPlaces) {
        self.limits = limits
        self.places = places
        decoder = FrameDecoder(payloadBytesMax: limits.framePayloadBytesMax)
    }

    func channelActive(context: ChannelHandlerContext) {
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) {
            context.close(promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        decoder.append(unwrapInboundIn(data))
        while !isOver, let event = decoder.next() {
            isOver = true
            if let header = event.header, header.type == .request {
                var answer = ByteBuffer()
                answer.writeResponseFrame(
                    streamID: header.streamID,
                    .failure(.tooManyConnections(retryAfter: limits.retryDelay)),
                    payloadBytesMax: limits.framePayloadBytesMax)
                context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
            }
            context.close(promise: nil)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        places.giveBack()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

extension FrameDecoder.Event {
    fileprivate var header: FrameHeader? {
        switch self {
        case .frame(let header, _), .oversize(let header): header
        case .notTTRPC: nil
        }
    }
}

/// How many refused connections are told so at the same time.
final class RefusedPlaces: Sendable {
    private let max: Int
    private let taken = Atomic<Int>(0)

    init(max: Int) {
        self.max = max
    }

    /// Takes a place; whether there was one.
    func take() -> Bool {
        guard taken.add(1, ordering: .relaxed).newValue <= max else {
            giveBack()
            return false
        }
        return true
    }

    func giveBack() {
        taken.subtract(1, ordering: .relaxed)
    }
}
