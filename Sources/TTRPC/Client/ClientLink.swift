// SPDX-License-Identifier: Apache-2.0

import DequeModule
import NIOCore

/// The calls of a client and its connection: everything that its lock guards.
///
/// Threads that call and the event loop enter in turn, each for a moment. What follows for others
/// comes back as ``ClientEffects``, done outside the lock.
struct ClientLink {
    let configuration: ClientConfiguration
    let environment: ClientEnvironment

    private(set) var state = ConnectionState.idle
    var observers: [UInt64: AsyncStream<ConnectionState>.Continuation] = [:]

    /// The connection, while the state is ready.
    var connection: OpenConnection?
    var waiting: Deque<PendingCall> = []

    private var lastConnection: UInt64 = 0
    private var failures = 0
    private var alarm: ContinuousClock.Instant?
    private var lastAlarm: UInt64 = 0

    init(configuration: ClientConfiguration, environment: ClientEnvironment) {
        self.configuration = configuration
        self.environment = environment
    }

    private mutating func change(to state: ConnectionState) {
        guard state != self.state else {
            return
        }
        self.state = state
        // Under the lock, so that all see the changes in one order.
        for observer in observers.values {
            observer.yield(state)
            if state == .closed {
                observer.finish()
            }
        }
    }

    // MARK: Calls

    /// Takes a call.
    mutating func begin(_ call: PendingCall, now: ContinuousClock.Instant) -> ClientEffects {
        var effects = ClientEffects()
        guard state != .closed else {
            effects.end(call, .notSent(.clientClosed))
            return effects
        }
        let byteCount = RequestEnvelope.byteCount(
            call.call.method, payloadByteCount: call.call.request.count, timeoutNanoseconds: .max,
            metadata: call.call.metadata)
        guard byteCount <= configuration.limits.framePayloadBytesMax else {
            effects.end(
                call, .notSent(.frameTooLarge(configuration.limits.framePayloadBytesMax)))
            return effects
        }
        if waiting.isEmpty, connection?.hasRoom == true {
            connection?.write(call, now: now, &effects)
        } else {
            guard waiting.count < configuration.waitingCallsMax else {
                effects.end(call, .notSent(.tooManyWaiting))
                return effects
            }
            waiting.append(call)
            connectIfNeeded(&effects)
        }
        ring(at: call.expiry, &effects)
        connection?.send(&effects)
        return effects
    }

    /// Ends a call that nobody waits for.
    mutating func cancel(_ token: UInt64) -> ClientEffects {
        var effects = ClientEffects()
        if let index = waiting.firstIndex(where: { $0.token == token }) {
            effects.end(waiting.remove(at: index), .cancelled)
        } else {
            connection?.giveUp(.cancelled, &effects) { $0.token == token }
            fill(&effects)
        }
        return effects
    }

    /// Writes what waits, as far as there is room.
    mutating func fill(direct: Bool = true, _ effects: inout ClientEffects) {
        while true {
            var hasWritten = false
            if connection?.hasRoom == true, let call = waiting.popFirst() {
                let now = environment.now()
                connection?.write(call, now: now, &effects)
                hasWritten = true
            }
            // Calls and streams take turns, so that neither waits for all of the other.
            if connection?.writeMessages(&effects) == true {
                hasWritten = true
            }
            guard hasWritten else {
                break
            }
        }
        connection?.send(direct: direct, &effects)
    }

    // MARK: Connecting

    private mutating func connectIfNeeded(_ effects: inout ClientEffects) {
        if state == .idle, !waiting.isEmpty {
            change(to: .connecting)
            effects.connects = true
        }
    }

    /// Connecting has succeeded.
    ///
    /// - Returns: the connection's number; `nil` if it is not wanted any more.
    mutating func connected(
        _ channel: any Channel, _ socket: SendingSocket?
    ) -> (UInt64?, ClientEffects) {
        var effects = ClientEffects()
        guard state == .connecting else {
            effects.closing = channel
            return (nil, effects)
        }
        lastConnection += 1
        connection = OpenConnection(
            number: lastConnection, channel: channel, socket: socket,
            limits: configuration.limits)
        change(to: .ready)
        fill(&effects)
        return (lastConnection, effects)
    }

    /// Connecting has failed; calls fail with it unless they wait for more.
    mutating func connectFailed(_ error: RPCError) -> ClientEffects {
        var effects = ClientEffects()
        guard state == .connecting else {
            return effects
        }
        for call in waiting where !call.call.waitsForReady {
            effects.end(call, .notSent(error))
        }
        waiting.removeAll { !$0.call.waitsForReady }
        pause(error, &effects)
        return effects
    }

    private mutating func pause(_ error: RPCError, _ effects: inout ClientEffects) {
        failures += 1
        effects.pause = configuration.retry.backoff(
            beforeRepeat: failures, random: environment.random())
        change(to: .transientFailure(error))
    }

    /// The pause after a failure has passed.
    mutating func pauseEnded() -> ClientEffects {
        var effects = ClientEffects()
        if case .transientFailure = state {
            change(to: .idle)
            connectIfNeeded(&effects)
        }
        return effects
    }

    /// A call was answered, so the next failure is the first again.
    mutating func connectionWorks() {
        failures = 0
    }

    /// The connection has ended.
    mutating func connectionLost(_ number: UInt64) -> ClientEffects {
        var effects = ClientEffects()
        guard var lost = connection, lost.number == number else {
            return effects
        }
        connection = nil
        var lostCount = 0
        for sent in lost.machine.lose() {
            if sent.bytesBefore >= lost.output.acceptedBytes {
                takeBack(sent.call, &effects)
            } else {
                lostCount += 1
                effects.end(sent.call, .lost(.connectionLost))
            }
        }
        lost.failMessages(.connectionLost, &effects)
        // One that worked is replaced at once, one that never answered is not.
        if failures == 0, lostCount == 0 {
            change(to: .idle)
        } else {
            pause(.connectionLost, &effects)
        }
        connectIfNeeded(&effects)
        return effects
    }

    /// A call has not reached the server: it goes over the next connection, once.
    mutating func takeBack(_ call: PendingCall, _ effects: inout ClientEffects) {
        guard !call.wasTakenBack, call.inbox == nil else {
            return effects.end(call, .notSent(.connectionLost))
        }
        waiting.prepend(
            PendingCall(
                token: call.token, call: call.call, receiver: call.receiver, wasTakenBack: true))
    }

    /// Ends everything.
    mutating func close() -> ClientEffects {
        var effects = ClientEffects()
        for call in waiting {
            effects.end(call, .notSent(.clientClosed))
        }
        waiting = []
        for sent in connection?.machine.lose() ?? [] {
            effects.end(sent.call, .lost(.clientClosed))
        }
        connection?.failMessages(.clientClosed, &effects)
        effects.closing = connection?.channel
        connection = nil
        change(to: .closed)
        return effects
    }

    // MARK: Time

    /// Has the alarm ring at an instant, unless it rings before.
    mutating func ring(at instant: ContinuousClock.Instant, _ effects: inout ClientEffects) {
        if let earlier = alarm, earlier <= instant {
            return
        }
        alarm = instant
        lastAlarm += 1
        effects.alarm = (instant, lastAlarm)
    }

    /// An alarm has rung, perhaps one that was superseded.
    mutating func alarmRang(_ number: UInt64, now: ContinuousClock.Instant) -> ClientEffects {
        var effects = ClientEffects()
        guard number == lastAlarm else {
            return effects
        }
        alarm = nil
        for call in waiting where min(call.expiry, call.call.sendBy) <= now {
            effects.end(call, .expired)
        }
        waiting.removeAll { min($0.expiry, $0.call.sendBy) <= now }
        connection?.giveUp(.expired, &effects) { call in
            call.call.deadline.map { $0 <= now } ?? false
        }
        connection?.judgeServer(now: now)
        let waitingNext = waiting.lazy.map { min($0.expiry, $0.call.sendBy) }.min()
        for next in [waitingNext, connection?.nextInstant] {
            if let next {
                ring(at: next, &effects)
            }
        }
        fill(&effects)
        return effects
    }
}
