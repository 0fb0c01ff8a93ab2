// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Reads one connection of a client: bytes to frames; everything here runs on its event loop.
final class ClientConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The connection's number, once the transport has given it one.
    var number: UInt64?

    private let transport: SocketTransport
    private var decoder: FrameDecoder
    /// Frames of the reads since the last were handed over, which the channel bounds.
    private var events: [FrameDecoder.Event] = []
    private var isOver = false

    init(_ transport: SocketTransport, limits: Limits) {
        self.transport = transport
        decoder = FrameDecoder(payloadBytesMax: limits.framePayloadBytesMax)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        decoder.append(unwrapInboundIn(data))
        while !isOver, let event = decoder.next() {
            events.append(event)
            if case .notTTRPC = event {
                isOver = true
            }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        handOver()
    }

    func channelInactive(context: ChannelHandlerContext) {
        handOver()
        if let number {
            transport.connectionLost(number)
        }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// Hands the frames over together: they cost one visit to the lock.
    private func handOver() {
        guard let number, !events.isEmpty else {
            return
        }
        transport.receive(events, on: number)
        events.removeAll(keepingCapacity: events.count <= 64)
    }
}
