// SPDX-License-Identifier: Apache-2.0

import DequeModule
import NIOCore

/// A connection of a client, and the messages that wait for room on it.
struct OpenConnection {
    /// How long a client that has used up a stream's credit waits for the server to show whether
    /// it knows of credit at all.
    static let judgementDelay: Duration = .seconds(1)

    /// Tells it from those before.
    let number: UInt64
    let channel: any Channel
    let socket: SendingSocket?

    var machine: ClientConnection<SentCall>
    var output = ClientOutput()
    private var messages: [UInt32: Deque<PendingMessage>] = [:]
    private let limits: Limits

    /// Whether several calls were answered together when last any was.
    ///
    /// Then several callers are about to call again, and the first of them is not to go ahead of
    /// the others with a frame of its own.
    var isShared = false

    /// When the server is taken for one without extensions.
    private var judgement: ContinuousClock.Instant?

    init(number: UInt64, channel: any Channel, socket: SendingSocket?, limits: Limits) {
        self.number = number
        self.channel = channel
        self.socket = socket
        self.limits = limits
        machine = ClientConnection(limits: limits)
    }

    /// Whether another call may be written now.
    var hasRoom: Bool {
        machine.hasRoom && output.hasRoom
    }

    /// Has what is written sent: by the thread that asks, or by the event loop.
    mutating func send(direct: Bool = true, _ effects: inout ClientEffects) {
        guard output.wantsTurn else {
            return
        }
        // A thread that finds others at work leaves the sending to the event loop, which sends for
        // many in one go.
        if direct, !isShared, let socket, machine.unaryCallCount <= 1, let bytes = output.take() {
            effects.sending = .here(
                OutgoingBytes(connection: number, socket: socket, bytes: bytes))
        } else {
            output.askLoop()
            effects.sending = .byLoop
        }
    }

    /// The socket takes nothing more.
    ///
    /// The server reads no more, though it may yet answer, or has answered. The connection ends
    /// when the server ends it.
    ///
    /// - Returns: the calls that have not left this process.
    mutating func sendFailed() -> [PendingCall] {
        output.fail()
        machine.retire()
        var unsent: [PendingCall] = []
        for (streamID, call) in machine.callsInFlight
        where call.bytesBefore >= output.acceptedBytes {
            _ = machine.forget(streamID)
            unsent.append(call.call)
        }
        return unsent
    }

    // MARK: Calls

    /// Writes a call's request; there must be room.
    mutating func write(
        _ call: PendingCall, now: ContinuousClock.Instant, _ effects: inout ClientEffects
    ) {
        let remaining = now.duration(to: call.call.deadline ?? call.call.sendBy)
        guard remaining > .zero else {
            return effects.end(call, .expired)
        }
        let outgoing = call.call
        let sent = SentCall(call: call, bytesBefore: output.writtenBytes)
        guard let streamID = machine.begin(sent, kind: outgoing.method.kind) else {
            return effects.end(call, .notSent(.connectionLost))
        }
        let timeout = outgoing.deadline == nil ? 0 : remaining.wholeNanoseconds
        output.pending.writeRequestFrame(
            streamID: streamID, method: outgoing.method, payload: outgoing.request,
            timeoutNanoseconds: timeout, metadata: metadata(of: outgoing, timeout),
            flags: outgoing.method.kind.requestFlags)
        if let inbox = call.inbox {
            effects.opened.append((inbox, StreamKey(connection: number, streamID: streamID)))
        }
    }

    /// The metadata of a request, with the announcement of extensions if it still fits.
    private func metadata(of call: OutgoingCall, _ timeout: Int64) -> Metadata {
        guard machine.announces else {
            return call.metadata
        }
        var metadata = call.metadata
        metadata.append(key: Extensions.metadataKey, value: Extensions.announcement)
        let byteCount = RequestEnvelope.byteCount(
            call.method, payloadByteCount: call.request.count, timeoutNanoseconds: timeout,
            metadata: metadata)
        return byteCount <= limits.framePayloadBytesMax ? metadata : call.metadata
    }

    /// Ends calls in flight, and tells the server that nobody waits for them.
    mutating func giveUp(
        _ outcome: AttemptOutcome, _ effects: inout ClientEffects,
        where isOver: (PendingCall) -> Bool
    ) {
        for (streamID, sent) in machine.callsInFlight where isOver(sent.call) {
            _ = machine.forget(streamID)
            output.pending.writeCancelFrame(streamID: streamID)
            failMessages(of: streamID, outcome.error ?? .callCancelled, &effects)
            effects.end(sent.call, outcome)
        }
    }

    /// When something expires next.
    var nextInstant: ContinuousClock.Instant? {
        let first = machine.callsInFlight.lazy.compactMap(\.call.call.call.deadline).min()
        guard let first, let judgement else {
            return first ?? judgement
        }
        return min(first, judgement)
    }

    // MARK: Messages

    /// Writes a message, or has it wait.
    mutating func write(
        _ message: PendingMessage, on streamID: UInt32, now: ContinuousClock.Instant,
        _ effects: inout ClientEffects
    ) -> ContinuousClock.Instant? {
        messages[streamID, default: []].append(message)
        writeMessages(of: streamID, max: .max, &effects)
        guard messages[streamID] != nil, judgement == nil,
            machine.refusal(toWriteOn: streamID) == .serverUnknown
        else {
            return nil
        }
        judgement = now.advanced(by: Self.judgementDelay)
        return judgement
    }

    /// Whether a message could be written at once.
    func canWrite(on streamID: UInt32) -> Bool {
        messages[streamID] == nil && output.hasRoom
            && machine.refusal(toWriteOn: streamID) == nil
    }

    /// Writes one message of each stream that has any and may.
    ///
    /// - Returns: whether any was written.
    mutating func writeMessages(_ effects: inout ClientEffects) -> Bool {
        guard !messages.isEmpty else {
            return false
        }
        var hasWritten = false
        for streamID in Array(messages.keys) {
            if writeMessages(of: streamID, max: 1, &effects) {
                hasWritten = true
            }
        }
        return hasWritten
    }

    @discardableResult
    private mutating func writeMessages(
        of streamID: UInt32, max: Int, _ effects: inout ClientEffects
    ) -> Bool {
        var count = 0
        while count < max, output.hasRoom, let message = messages[streamID]?.first {
            if let bytes = message.bytes {
                guard let refusal = machine.refusal(toWriteOn: streamID) else {
                    write(bytes, on: streamID)
                    takeFirst(of: streamID, nil, &effects)
                    count += 1
                    continue
                }
                guard refusal == .ended else {
                    break
                }
                takeFirst(of: streamID, .streamEnded, &effects)
            } else {
                finish(streamID)
                takeFirst(of: streamID, nil, &effects)
            }
        }
        return count > 0
    }

    /// Writes a message that there is credit for.
    mutating func write(_ bytes: [UInt8], on streamID: UInt32) {
        output.pending.writeDataFrame(streamID: streamID, bytes)
        machine.wrote(on: streamID, byteCount: bytes.count)
    }

    private mutating func takeFirst(
        of streamID: UInt32, _ error: RPCError?, _ effects: inout ClientEffects
    ) {
        guard let message = messages[streamID]?.popFirst() else {
            return
        }
        if messages[streamID]?.isEmpty == true {
            messages[streamID] = nil
        }
        effects.writes.append((message, error))
    }

    /// Ends the sending side of a stream, behind what waits.
    mutating func finish(_ streamID: UInt32) {
        if messages[streamID]?.first?.bytes != nil {
            messages[streamID]?.append(PendingMessage(bytes: nil, writer: nil))
        } else if machine.finish(streamID) {
            output.pending.writeEndOfDataFrame(streamID: streamID)
        }
    }

    /// The stream has ended: what waits will not be written.
    mutating func failMessages(
        of streamID: UInt32, _ error: RPCError, _ effects: inout ClientEffects
    ) {
        for message in messages.removeValue(forKey: streamID) ?? [] {
            effects.writes.append((message, error))
        }
    }

    /// Streams have ended: what waits on them will not be written.
    mutating func failEndedMessages(_ error: RPCError, _ effects: inout ClientEffects) {
        for streamID in Array(messages.keys) where !machine.isLive(streamID) {
            failMessages(of: streamID, error, &effects)
        }
    }

    /// All streams have ended.
    mutating func failMessages(_ error: RPCError, _ effects: inout ClientEffects) {
        for streamID in Array(messages.keys) {
            failMessages(of: streamID, error, &effects)
        }
    }

    /// Takes a server that has had its time for one without extensions.
    mutating func judgeServer(now: ContinuousClock.Instant) {
        if let judgement, judgement <= now {
            self.judgement = nil
            machine.presumeForeign()
        }
    }
}

extension CallKind {
    /// What a request says of the data that follows it.
    fileprivate var requestFlags: FrameFlags {
        switch self {
        case .unary: []
        case .serverStreaming: .remoteClosed
        case .clientStreaming, .bidirectionalStreaming: .remoteOpen
        }
    }
}
