// SPDX-License-Identifier: Apache-2.0

/// The server's side of one connection as a state machine: frames and instants in, actions out.
///
/// It performs nothing. Whoever drives it carries its actions out in the order given.
package struct ServerConnection {
    /// What to do with a frame.
    package enum FrameAction: Equatable {
        /// Find the method of this request, then
        /// ``ServerConnection/begin(_:kind:flags:timeoutNanoseconds:now:)``.
        case request(RequestEnvelope)
        /// Hand the payload to the call's consumer; after it comes no more if `isLast`.
        case item(CallKey, isLast: Bool)
        /// Tell the call's consumer that no more items come.
        case inputEnded(CallKey)
        /// The call may send more: see ``ServerConnection/spendCredit(_:byteCount:)``.
        case credit(CallKey)
        /// Stop the handler; nobody waits for the call any more, so nothing is answered.
        case cancel(CallKey)
        /// Answer this error on the call's stream, and stop the handler.
        case fail(CallKey, RPCError)
        /// Answer this error on the frame's stream.
        case refuse(RPCError)
        /// Do nothing.
        case ignore
        /// The peer broke the protocol: close without another word.
        case close
    }

    /// What to do with a request whose method is found.
    package enum BeginAction: Equatable {
        /// Start the handler; the client waits until `deadline`.
        case start(CallKey, deadline: ContinuousClock.Instant)
        /// Answer this error.
        case refuse(RPCError)
    }

    /// A call that has not been answered.
    struct Call {
        let serial: UInt32
        let kind: CallKind
        let deadline: ContinuousClock.Instant
        var isInputClosed: Bool
        var inbound: ReceiveWindow
        /// `nil` if the client knows nothing of credit, so that only the socket slows the server.
        var outbound: SendCredit?
    }

    let limits: Limits
    var calls: [UInt32: Call] = [:]
    private var highestStreamID: UInt32 = 0
    private var lastSerial: UInt32 = 0
    private var isInputClosed = false
    private var owesAcknowledgement = false
    private(set) package var isDraining = false

    /// What the client has announced.
    private(set) package var extensions: Extensions = []

    /// Handlers that have not finished, those of calls that are over included.
    private(set) package var handlersRunning = 0

    /// What happened so far.
    package var counters = ConnectionCounters()

    package init(limits: Limits) {
        self.limits = limits
    }

    /// Whether nothing is owed and nothing more will be: flush, then close.
    package var isFinished: Bool {
        isInputClosed && calls.isEmpty
    }

    /// Whether the server is to shut its receiving side, so that no client can send what would not
    /// be answered.
    package var shouldRefuseInput: Bool {
        isDraining && !isInputClosed && calls.isEmpty
    }

    /// Streams with a call that has not been answered.
    package var liveCallCount: Int {
        calls.count
    }

    // MARK: Frames

    /// Takes a whole frame.
    package mutating func receive(_ header: FrameHeader, _ payload: Span<UInt8>) -> FrameAction {
        switch header.type {
        case .request: receiveRequest(header, payload)
        case .data: receiveData(header)
        case .cancel: receiveCancel(header)
        case .window: receiveWindow(header, payload)
        default: ignoreFrame()
        }
    }

    /// Takes the header of a frame whose payload is above the limit and will be discarded.
    package mutating func receiveOversize(_ header: FrameHeader) -> FrameAction {
        counters.framesOversize += 1
        let error = RPCError.frameTooLarge(limits.framePayloadBytesMax)
        switch header.type {
        case .request:
            guard calls[header.streamID] == nil else {
                return breach()
            }
            advance(to: header.streamID)
            return refuse(error)
        case .data:
            guard let call = calls[header.streamID], call.kind != .unary else {
                return receiveData(header)
            }
            return fail(header.streamID, error)
        default: return ignoreFrame()
        }
    }

    /// The bytes are not frames at all.
    package mutating func receiveGarbage() -> FrameAction {
        breach()
    }

    private mutating func receiveRequest(
        _ header: FrameHeader, _ payload: Span<UInt8>
    ) -> FrameAction {
        guard header.streamID & 1 == 1 else {
            return refuse(.evenStreamID)
        }
        // A refusal here would look like the answer to the call that is running.
        guard calls[header.streamID] == nil else {
            return breach()
        }
        advance(to: header.streamID)
        do throws(RequestEnvelope.Refusal) {
            let envelope = try RequestEnvelope(payload, limits: limits)
            if !envelope.extensions.isEmpty {
                extensions = envelope.extensions
                owesAcknowledgement = true
            }
            return .request(envelope)
        } catch {
            return refuse(RPCError(refusing: error))
        }
    }

    /// What the next response is to say of the server's own extensions; `nil` if nothing.
    package mutating func takeAcknowledgement() -> String? {
        guard owesAcknowledgement, extensions.contains(.responseMetadata) else {
            return nil
        }
        owesAcknowledgement = false
        return Extensions.announcement
    }

    /// Whether a stream id was used by no request so far.
    func isAhead(_ streamID: UInt32) -> Bool {
        streamID > highestStreamID
    }

    private mutating func advance(to streamID: UInt32) {
        highestStreamID = max(highestStreamID, streamID)
    }

    mutating func ignoreFrame() -> FrameAction {
        counters.framesIgnored += 1
        return .ignore
    }

    mutating func breach() -> FrameAction {
        counters.protocolErrors += 1
        return .close
    }

    mutating func refuse(_ error: RPCError) -> FrameAction {
        counters.callsRefused += 1
        return .refuse(error)
    }

    // MARK: Calls

    /// Admits a request whose method is found and whose peer may call it.
    ///
    /// - Parameters:
    ///   - streamID: the request's stream, as ``receive(_:_:)`` accepted it.
    ///   - kind: the method's.
    ///   - flags: the request frame's.
    ///   - timeoutNanoseconds: as in the envelope.
    ///   - now: the instant of receipt.
    /// - Returns: whether to start the handler.
    package mutating func begin(
        _ streamID: UInt32, kind: CallKind = .unary, flags: FrameFlags = [],
        timeoutNanoseconds: Int64, now: ContinuousClock.Instant
    ) -> BeginAction {
        let refusal: RPCError? =
            if kind == .unary, flags.contains(.remoteOpen) {
                .notAStream
            } else if isDraining {
                .draining(retryAfter: limits.retryDelay)
            } else if handlersRunning >= limits.callsPerConnectionMax {
                .tooManyCalls("connection", retryAfter: limits.retryDelay)
            } else {
                nil
            }
        if let refusal {
            counters.callsRefused += 1
            return .refuse(refusal)
        }
        guard timeoutNanoseconds >= 0 else {
            counters.callsExpired += 1
            return .refuse(.deadlineExceeded)
        }
        let deadline = now.advanced(by: timeout(timeoutNanoseconds, kind))
        lastSerial &+= 1
        calls[streamID] = Call(
            serial: lastSerial, kind: kind, deadline: deadline,
            isInputClosed: flags.contains(.remoteClosed)
                || kind.streamsRequests && !flags.contains(.remoteOpen),
            inbound: ReceiveWindow(limits: limits),
            outbound: extensions.contains(.window) ? SendCredit(limits: limits) : nil)
        handlersRunning += 1
        counters.callsStarted += 1
        return .start(CallKey(streamID: streamID, serial: lastSerial), deadline: deadline)
    }

    private func timeout(_ nanoseconds: Int64, _ kind: CallKind) -> Duration {
        let longest = kind == .unary ? limits.deadlineMax : limits.streamDeadlineMax
        guard nanoseconds == 0 else {
            return min(.nanoseconds(nanoseconds), longest)
        }
        return kind == .unary ? limits.deadlineDefault : longest
    }

    /// A handler has finished.
    ///
    /// - Returns: whether the client still waits, so that the outcome is to be sent.
    package mutating func finish(_ key: CallKey) -> Bool {
        handlersRunning -= 1
        guard isLive(key) else {
            counters.repliesLate += 1
            return false
        }
        calls[key.streamID] = nil
        return true
    }

    /// Whether a call has not been answered.
    package func isLive(_ key: CallKey) -> Bool {
        calls[key.streamID]?.serial == key.serial
    }

    /// Ends the calls whose deadline has come.
    ///
    /// - Returns: the calls to answer DEADLINE_EXCEEDED, in the order of their start.
    package mutating func expire(now: ContinuousClock.Instant) -> [CallKey] {
        let expired = end { $0.deadline <= now }
        counters.callsExpired += expired.count
        return expired
    }

    private mutating func end(where isOver: (Call) -> Bool) -> [CallKey] {
        let over = calls.filter { isOver($0.value) }
        for streamID in over.keys {
            calls[streamID] = nil
        }
        return over.sorted { $0.value.serial < $1.value.serial }
            .map { CallKey(streamID: $0.key, serial: $0.value.serial) }
    }

    /// When the first of the live calls expires.
    package var firstDeadline: ContinuousClock.Instant? {
        calls.values.lazy.map(\.deadline).min()
    }

    // MARK: The end

    /// The peer will send nothing more, but may still read.
    package mutating func closeInput() {
        isInputClosed = true
    }

    /// From now on new calls are refused; the running ones with one request go on.
    ///
    /// - Returns: the streams to end with UNAVAILABLE.
    package mutating func drain() -> [CallKey] {
        isDraining = true
        return end { $0.kind != .unary }
    }

    /// The time for running calls is over: nothing more is taken in.
    ///
    /// - Returns: the calls to end with UNAVAILABLE.
    package mutating func cutOff() -> [CallKey] {
        isDraining = true
        isInputClosed = true
        return end { _ in true }
    }
}
