// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore

/// Has a listener that cannot accept, as when no descriptor is left, try again after a while.
///
/// The socket stays readable all the time, so that trying at once would never end. NIO's own
/// handler for this does not take back the read that is under way.
final class AcceptPause: ChannelInboundHandler {
    typealias InboundIn = any Channel

    /// How long nobody is accepted.
    private static let duration = TimeAmount.seconds(1)

    private let logger: Logger
    private var isPausing = false

    init(logger: Logger) {
        self.logger = logger
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isPausing else {
            return
        }
        isPausing = true
        logger.warning(
            "Cannot accept connections for a while.", metadata: ["error": "\(error)"])
        accept(context, false)
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.duration) {
            self.isPausing = false
            if context.channel.isActive {
                self.accept(context, true)
            }
        }
    }

    private func accept(_ context: ChannelHandlerContext, _ isAccepting: Bool) {
        context.channel.setOption(.autoRead, value: isAccepting)
            .assumeIsolated().whenFailure { _ in }
    }
}
