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

    init(_ transport: SocketTransport, limits: Limits) {
        self.transport = transport
        decoder = FrameDecoder(payloadBytesMax: limits.framePayloadBytesMax)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let number else {
            return
        }
        decoder.append(unwrapInboundIn(data))
        while let event = decoder.next() {
            transport.receive(event, on: number)
            if case .notTTRPC = event {
                return
            }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if let number {
            transport.receivedAll(on: number)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let number {
            transport.connectionLost(number)
        }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
