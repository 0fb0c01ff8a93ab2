// SPDX-License-Identifier: Apache-2.0

import DequeModule
import NIOCore
import NIOPosix

/// The calls of a client and its connection; everything here runs on one event loop.
final class ClientLoop {
    private enum Link {
        /// Not connected; the next call connects.
        case none
        /// A failure was not long ago; connects when the pause ends.
        case pausing
        case connecting
        case open(ClientConnectionHandler)
    }

    private let path: String
    private let configuration: ClientConfiguration
    private let environment: ClientEnvironment
    private let eventLoop: any EventLoop

    private var link = Link.none
    private var waiting: Deque<PendingCall> = []
    private var failures = 0
    private var closesWhenConnected = false
    private var alarm = ConnectionAlarm()

    init(
        path: String, configuration: ClientConfiguration, environment: ClientEnvironment,
        eventLoop: any EventLoop
    ) {
        self.path = path
        self.configuration = configuration
        self.environment = environment
        self.eventLoop = eventLoop
    }

    // MARK: Calls

    /// Takes a call; ``send()`` is to follow.
    func begin(_ call: PendingCall) {
        let byteCount = RequestEnvelope.byteCount(
            call.call.method, payloadByteCount: call.call.request.count, timeoutNanoseconds: .max,
            metadata: call.call.metadata)
        guard byteCount <= configuration.limits.framePayloadBytesMax else {
            return call.finish(
                .notSent(.frameTooLarge(configuration.limits.framePayloadBytesMax)))
        }
        guard waiting.count < configuration.waitingCallsMax else {
            return call.finish(.notSent(.tooManyWaiting))
        }
        waiting.append(call)
        setAlarm(call.call.deadline)
    }

    /// Ends a call that its task has given up.
    func cancel(_ token: UInt64) {
        if let index = waiting.firstIndex(where: { $0.token == token }) {
            waiting.remove(at: index).finish(.cancelled)
        } else if case .open(let handler) = link {
            handler.forget(where: { $0.token == token }, .cancelled)
        }
    }

    /// Sends as many waiting calls as there is room for, and connects if there is no connection.
    func send() {
        guard !waiting.isEmpty else {
            return
        }
        switch link {
        case .none: connect()
        case .pausing, .connecting: break
        case .open(let handler):
            let now = environment.now()
            while handler.hasRoom, let call = waiting.popFirst() {
                handler.write(call, remaining: now.duration(to: call.call.deadline))
            }
            handler.flush()
        }
    }

    // MARK: Connection

    private func connect() {
        link = .connecting
        let bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(TimeAmount(configuration.connectTimeout))
        bootstrap.connect(unixDomainSocketPath: path).assumeIsolated().whenComplete { result in
            self.connected(result)
        }
    }

    private func connected(_ result: Result<any Channel, any Error>) {
        switch result {
        case .success(let channel) where closesWhenConnected:
            closesWhenConnected = false
            link = .none
            channel.close(promise: nil)
            send()
        case .success(let channel):
            let handler = ClientConnectionHandler(loop: self, limits: configuration.limits)
            do {
                try channel.pipeline.syncOperations.addHandler(handler)
                link = .open(handler)
                send()
            } catch {
                connectFailed(error)
            }
        case .failure(let error): connectFailed(error)
        }
    }

    private func connectFailed(_ error: any Error) {
        closesWhenConnected = false
        let reason = RPCError.connectFailed("\(error)")
        let failed = waiting
        waiting = []
        pauseBeforeConnecting()
        for call in failed {
            call.finish(.notSent(reason))
        }
    }

    /// The connection has answered, so the next failure is the first again.
    func connectionWorks() {
        failures = 0
    }

    /// The connection has ended with these calls unanswered.
    func connectionLost(_ handler: ClientConnectionHandler, _ calls: [PendingCall]) {
        guard case .open(let current) = link, current === handler else {
            return
        }
        // One that worked is replaced at once, one that never answered is not.
        if failures == 0, calls.isEmpty {
            link = .none
        } else {
            pauseBeforeConnecting()
        }
        for call in calls {
            call.finish(.lost(.connectionLost))
        }
        // What was never written loses nothing by going over the next connection.
        send()
    }

    private func pauseBeforeConnecting() {
        failures += 1
        link = .pausing
        let pause = configuration.retry.backoff(
            beforeRepeat: failures, random: environment.random())
        eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(pause)) {
            if case .pausing = self.link {
                self.link = .none
                self.send()
            }
        }
    }

    /// Ends the connection; calls that run or wait are lost.
    func close() {
        let calls = waiting
        waiting = []
        for call in calls {
            call.finish(.notSent(.connectionLost))
        }
        switch link {
        case .none, .pausing: break
        case .connecting: closesWhenConnected = true
        case .open(let handler): handler.close()
        }
    }

    // MARK: Time

    private func setAlarm(_ instant: ContinuousClock.Instant) {
        alarm.set(instant, now: environment.now(), eventLoop.assumeIsolated()) { [weak self] in
            self?.alarmRang()
        }
    }

    private func alarmRang() {
        alarm.rang()
        let now = environment.now()
        let expired = waiting.filter { $0.call.deadline <= now }
        waiting.removeAll { $0.call.deadline <= now }
        for call in expired {
            call.finish(.expired)
        }
        var next = waiting.lazy.map(\.call.deadline).min()
        if case .open(let handler) = link {
            handler.forget(where: { $0.call.deadline <= now }, .expired)
            if let first = handler.firstDeadline {
                next = min(next ?? first, first)
            }
        }
        if let next {
            setAlarm(next)
        }
        send()
    }
}
