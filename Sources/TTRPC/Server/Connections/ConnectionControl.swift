// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Reaches one connection from any thread.
final class ConnectionControl: Sendable {
    private let eventLoop: any EventLoop
    private let handler: NIOLoopBoundBox<ServerConnectionHandler?>
    private let finalCounters: NIOLoopBoundBox<ConnectionCounters>

    /// On the connection's event loop.
    init(_ handler: ServerConnectionHandler, eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        self.handler = NIOLoopBoundBox(handler, eventLoop: eventLoop)
        finalCounters = NIOLoopBoundBox(ConnectionCounters(), eventLoop: eventLoop)
    }

    /// The connection has closed.
    ///
    /// On its event loop.
    func disconnect(_ counters: ConnectionCounters) {
        finalCounters.value = counters
        handler.value = nil
    }

    func drain() {
        eventLoop.execute { self.handler.value?.drain() }
    }

    func cutOff(patience: TimeAmount) {
        eventLoop.execute { self.handler.value?.cutOff(patience: patience) }
    }

    func counters() -> EventLoopFuture<ConnectionCounters> {
        eventLoop.submit { self.handler.value?.counters ?? self.finalCounters.value }
    }
}
