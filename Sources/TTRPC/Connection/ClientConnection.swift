// SPDX-License-Identifier: Apache-2.0

/// The client's side of one connection as a state machine: frames in, actions out.
///
/// `Call` is whatever the driver knows a call by.
package struct ClientConnection<Call> {
    /// What to do with a frame.
    package enum FrameAction {
        /// The call has ended.
        case finish(Call, UnaryOutcome)
        /// Do nothing: nobody waits for this frame.
        case ignore
        /// The peer does not speak ttrpc: close.
        case close
    }

    private let callsMax: Int
    private var calls: [UInt32: Call] = [:]
    private var nextStreamID: UInt32?

    /// - Parameters:
    ///   - callsMax: calls in flight at once.
    ///   - firstStreamID: odd.
    package init(callsMax: Int, firstStreamID: UInt32 = 1) {
        self.callsMax = callsMax
        nextStreamID = firstStreamID
    }

    /// Whether another call may begin now.
    package var hasRoom: Bool {
        nextStreamID != nil && calls.count < callsMax
    }

    /// Whether every stream id is used up and every call answered: a new connection is needed.
    package var isUsedUp: Bool {
        nextStreamID == nil && calls.isEmpty
    }

    /// The calls in flight.
    package var callsInFlight: some Collection<(key: UInt32, value: Call)> {
        calls
    }

    /// Begins a call.
    ///
    /// Stream ids go up by two, as strict servers demand, so the request must be written before
    /// another call begins.
    ///
    /// - Returns: its stream id; `nil` if there is no room.
    package mutating func begin(_ call: Call) -> UInt32? {
        guard calls.count < callsMax, let streamID = nextStreamID else {
            return nil
        }
        let (next, overflow) = streamID.addingReportingOverflow(2)
        nextStreamID = overflow ? nil : next
        calls[streamID] = call
        return streamID
    }

    /// Takes a whole frame.
    package mutating func receive(_ header: FrameHeader, _ payload: Span<UInt8>) -> FrameAction {
        switch header.type {
        case .response:
            let outcome =
                ResponseEnvelope.read(payload)?.outcome ?? .failure(.malformedResponse("envelope"))
            return finish(header.streamID, outcome)
        case .data:
            return finish(header.streamID, .failure(.malformedResponse("stream of data")))
        default:
            return .ignore
        }
    }

    /// Takes the header of a frame whose payload is above the limit and will be discarded.
    package mutating func receiveOversize(_ header: FrameHeader, limit: Int) -> FrameAction {
        finish(header.streamID, .failure(.frameTooLarge(limit)))
    }

    private mutating func finish(_ streamID: UInt32, _ outcome: UnaryOutcome) -> FrameAction {
        guard let call = calls.removeValue(forKey: streamID) else {
            return .ignore
        }
        return .finish(call, outcome)
    }

    /// Ends a call that nobody waits for any longer; its answer will be ignored.
    package mutating func forget(_ streamID: UInt32) -> Call? {
        calls.removeValue(forKey: streamID)
    }

    /// The connection has ended.
    ///
    /// - Returns: the calls that will not be answered.
    package mutating func lose() -> [Call] {
        defer { calls = [:] }
        return Array(calls.values)
    }
}
