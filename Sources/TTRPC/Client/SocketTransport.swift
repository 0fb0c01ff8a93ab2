// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import Synchronization

/// Carries calls over one connection to a Unix socket, made when needed.
///
/// Tasks hand their calls over through a queue; the event loop is woken once for as many as have
/// come, and writes their frames in one go.
final class SocketTransport: CallTransport {
    private enum Order: Sendable {
        case begin(PendingCall)
        case cancel(UInt64)
        case close
    }

    private struct Orders {
        var queue: [Order] = []
        var isScheduled = false
    }

    private let eventLoop: any EventLoop
    private let loop: NIOLoopBoundBox<ClientLoop>
    private let orders = Mutex(Orders())
    private let lastToken = Atomic<UInt64>(0)

    init(path: String, configuration: ClientConfiguration, environment: ClientEnvironment) {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        self.eventLoop = eventLoop
        loop = NIOLoopBoundBox.makeBoxSendingValue(
            ClientLoop(
                path: path, configuration: configuration, environment: environment,
                eventLoop: eventLoop),
            eventLoop: eventLoop)
    }

    func attempt(_ call: OutgoingCall) async -> AttemptOutcome {
        let token = lastToken.add(1, ordering: .relaxed).newValue
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                submit(.begin(PendingCall(token: token, call: call, continuation: continuation)))
                // The handler below may have run before there was anything to cancel.
                if Task.isCancelled {
                    submit(.cancel(token))
                }
            }
        } onCancel: {
            submit(.cancel(token))
        }
    }

    func close() {
        submit(.close)
    }

    private func submit(_ order: Order) {
        let mustSchedule = orders.withLock { orders in
            orders.queue.append(order)
            defer { orders.isScheduled = true }
            return !orders.isScheduled
        }
        if mustSchedule {
            eventLoop.execute { self.carryOut() }
        }
    }

    private func carryOut() {
        let queue = orders.withLock { orders in
            defer { orders = Orders() }
            return orders.queue
        }
        for order in queue {
            switch order {
            case .begin(let call): loop.value.begin(call)
            case .cancel(let token): loop.value.cancel(token)
            case .close: loop.value.close()
            }
        }
        loop.value.send()
    }
}
