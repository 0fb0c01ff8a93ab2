// SPDX-License-Identifier: Apache-2.0

import TTRPC

/// What has to be true of a server's connection after each frame, kept beside the state machine.
struct ServerModel {
    struct Call {
        let key: CallKey
        let kind: CallKind
        let deadline: ContinuousClock.Instant
        var unread: [Int] = []
        var isInputOver: Bool
    }

    private let limits: Limits
    /// Calls that were started and not answered, by stream id.
    private(set) var live: [UInt32: Call] = [:]
    /// Handlers that were started and have not finished.
    private(set) var handlers: [CallKey] = []
    private(set) var startedCount = 0

    init(limits: Limits) {
        self.limits = limits
    }

    mutating func started(_ call: Call) {
        hold(live[call.key.streamID] == nil, "a call starts on an id that is free")
        hold(call.key.streamID & 1 == 1, "a call's id is odd")
        hold(!handlers.contains(call.key), "keys are not used again while a handler runs")
        live[call.key.streamID] = call
        handlers.append(call.key)
        startedCount += 1
        hold(handlers.count <= limits.callsPerConnectionMax, "handlers are bounded")
    }

    /// An error that is answered on a stream which no call answers too.
    func refused(_ streamID: UInt32) {
        hold(live[streamID] == nil, "no refusal on the id of a live call")
    }

    func closed(_ header: FrameHeader) {
        hold(live[header.streamID] != nil, "closes only for what is sent on a live id")
    }

    mutating func item(_ key: CallKey, byteCount: Int, isLast: Bool) {
        expectLive(key)
        guard var call = live[key.streamID] else { return }
        hold(call.kind.streamsRequests, "items only for who takes them")
        hold(!call.isInputOver, "no item behind the end")
        call.unread.append(byteCount)
        call.isInputOver = isLast
        hold(call.unread.count <= limits.streamItemsMax, "unread items are bounded")
        hold(
            call.unread.reduce(0, +) <= limits.streamWindowBytes + limits.framePayloadBytesMax,
            "unread bytes are bounded")
        live[key.streamID] = call
    }

    mutating func inputEnded(_ key: CallKey) {
        expectLive(key)
        hold(live[key.streamID]?.isInputOver == false, "the input ends once")
        live[key.streamID]?.isInputOver = true
    }

    /// The first unread item of a call.
    mutating func take(_ key: CallKey) -> Int? {
        guard let call = live[key.streamID], call.key == key, !call.unread.isEmpty else {
            return nil
        }
        return live[key.streamID]?.unread.removeFirst()
    }

    func expectLive(_ key: CallKey) {
        hold(live[key.streamID]?.key == key, "only live calls are told of anything")
    }

    /// The call is over, whatever its handler still does.
    mutating func ended(_ key: CallKey) {
        expectLive(key)
        live[key.streamID] = nil
    }

    /// A handler has finished; whether its client still waits.
    mutating func finished(at index: Int) -> (key: CallKey, isAwaited: Bool) {
        let key = handlers.remove(at: index)
        let isAwaited = live[key.streamID]?.key == key
        if isAwaited { live[key.streamID] = nil }
        return (key, isAwaited)
    }

    func expired(at now: ContinuousClock.Instant) -> Set<CallKey> {
        Set(live.values.filter { $0.deadline <= now }.map(\.key))
    }

    func agrees(with machine: ServerConnection) {
        hold(machine.liveCallCount == live.count, "the same calls are live")
        hold(machine.handlersRunning == handlers.count, "the same handlers run")
        hold(machine.counters.callsStarted == startedCount, "calls are counted")
        hold(
            machine.firstDeadline == live.values.map(\.deadline).min(),
            "the first deadline is the earliest")
    }
}
