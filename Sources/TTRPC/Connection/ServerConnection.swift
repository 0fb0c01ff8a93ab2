// SPDX-License-Identifier: Apache-2.0

/// The server's side of one connection as a state machine: frames and instants in, actions out.
///
/// It performs nothing. Whoever drives it carries its actions out in the order given.
package struct ServerConnection {
    /// What to do with a frame.
    package enum FrameAction: Equatable {
        /// Find the method of this request, then
        /// ``ServerConnection/begin(_:timeoutNanoseconds:now:)``.
        case request(RequestEnvelope)
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

    private struct Call {
        let serial: UInt32
        let deadline: ContinuousClock.Instant
    }

    private let limits: Limits
    private var calls: [UInt32: Call] = [:]
    private var highestStreamID: UInt32 = 0
    private var lastSerial: UInt32 = 0
    private var isInputClosed = false
    private(set) package var isDraining = false

    /// Handlers that have not finished, those of expired calls included.
    private(set) package var handlersRunning = 0

    /// What happened so far.
    package var counters = ConnectionCounters()

    package init(limits: Limits) {
        self.limits = limits
    }

    /// Whether nothing is owed and nothing more will be: flush, then close.
    package var isFinished: Bool {
        (isInputClosed || isDraining) && calls.isEmpty
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
        default: ignoreFrame()
        }
    }

    /// Takes the header of a frame whose payload is above the limit and will be discarded.
    package mutating func receiveOversize(_ header: FrameHeader) -> FrameAction {
        counters.framesOversize += 1
        switch header.type {
        case .request:
            guard calls[header.streamID] == nil else {
                return breach()
            }
            advance(to: header.streamID)
            return refuse(.frameTooLarge(limits.framePayloadBytesMax))
        case .data: return receiveData(header)
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
            return .request(try RequestEnvelope(payload, limits: limits))
        } catch {
            return refuse(RPCError(refusing: error))
        }
    }

    private mutating func receiveData(_ header: FrameHeader) -> FrameAction {
        guard header.streamID & 1 == 1 else {
            return refuse(.evenStreamID)
        }
        guard calls[header.streamID] == nil else {
            return breach()
        }
        // What a client sent before it saw our last frame is nobody's fault.
        guard header.streamID > highestStreamID else {
            counters.dataDropped += 1
            return .ignore
        }
        return refuse(.noSuchStream)
    }

    private mutating func advance(to streamID: UInt32) {
        highestStreamID = max(highestStreamID, streamID)
    }

    private mutating func ignoreFrame() -> FrameAction {
        counters.framesIgnored += 1
        return .ignore
    }

    private mutating func breach() -> FrameAction {
        counters.protocolErrors += 1
        return .close
    }

    private mutating func refuse(_ error: RPCError) -> FrameAction {
        counters.callsRefused += 1
        return .refuse(error)
    }

    // MARK: Calls

    /// Admits a request whose method is found and whose peer may call it.
    ///
    /// - Parameters:
    ///   - streamID: the request's stream, as ``receive(_:_:)`` accepted it.
    ///   - timeoutNanoseconds: as in the envelope.
    ///   - now: the instant of receipt.
    /// - Returns: whether to start the handler.
    package mutating func begin(
        _ streamID: UInt32, timeoutNanoseconds: Int64, now: ContinuousClock.Instant
    ) -> BeginAction {
        guard !isDraining else {
            counters.callsRefused += 1
            return .refuse(.draining(retryAfter: limits.retryDelay))
        }
        guard handlersRunning < limits.callsPerConnectionMax else {
            counters.callsRefused += 1
            return .refuse(.tooManyCalls("connection", retryAfter: limits.retryDelay))
        }
        guard timeoutNanoseconds >= 0 else {
            counters.callsExpired += 1
            return .refuse(.deadlineExceeded)
        }
        let deadline = now.advanced(by: timeout(timeoutNanoseconds))
        lastSerial &+= 1
        calls[streamID] = Call(serial: lastSerial, deadline: deadline)
        handlersRunning += 1
        counters.callsStarted += 1
        return .start(CallKey(streamID: streamID, serial: lastSerial), deadline: deadline)
    }

    private func timeout(_ nanoseconds: Int64) -> Duration {
        nanoseconds == 0
            ? limits.deadlineDefault : min(.nanoseconds(nanoseconds), limits.deadlineMax)
    }

    /// A handler has finished.
    ///
    /// - Returns: whether the client still waits, so that the outcome is to be sent.
    package mutating func finish(_ key: CallKey) -> Bool {
        handlersRunning -= 1
        guard calls[key.streamID]?.serial == key.serial else {
            counters.repliesLate += 1
            return false
        }
        calls[key.streamID] = nil
        return true
    }

    /// Ends the calls whose deadline has come.
    ///
    /// - Returns: the calls to answer DEADLINE_EXCEEDED, in the order of their start.
    package mutating func expire(now: ContinuousClock.Instant) -> [CallKey] {
        let expired = calls.filter { $0.value.deadline <= now }
        for streamID in expired.keys {
            calls[streamID] = nil
        }
        counters.callsExpired += expired.count
        return expired.sorted { $0.value.serial < $1.value.serial }
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

    /// From now on new calls are refused; the running ones go on.
    package mutating func drain() {
        isDraining = true
    }
}
