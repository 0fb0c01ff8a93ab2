// SPDX-License-Identifier: Apache-2.0

/// The client's side of one connection as a state machine: frames in, actions out.
///
/// `Call` is whatever the driver knows a call by. This file holds what all calls share and unary
/// calls; streams are in an extension.
package struct ClientConnection<Call> {
    /// What to do with a frame.
    package enum FrameAction {
        /// A unary call has ended.
        case finish(Call, UnaryOutcome, Metadata)
        /// A message of a stream.
        case item(Call, [UInt8])
        /// A stream's last message; the stream has ended well.
        case lastItem(Call, [UInt8], Metadata)
        /// A stream has ended; well if there is no error.
        case end(Call, RPCError?, Metadata)
        /// The server did what it may not: the call has ended, and a CANCEL frame is to tell it.
        case breach(Call, streamID: UInt32, RPCError)
        /// More may be written on streams than before.
        case room
        /// Do nothing: nobody waits for this frame.
        case ignore
        /// The peer does not speak ttrpc: close.
        case close
    }

    let limits: Limits
    var streams: [UInt32: ClientStreamState<Call>] = [:]
    private var calls: [UInt32: Call] = [:]
    private var nextStreamID: UInt32?

    /// What the server has said that it knows; `nil` until it says anything.
    package private(set) var extensions: Extensions?

    /// Whether the server has had its time to show itself and has not.
    var isPresumedForeign = false

    /// - Parameters:
    ///   - limits: of them frames, calls of a connection and streams.
    ///   - firstStreamID: odd.
    package init(limits: Limits = .init(), firstStreamID: UInt32 = 1) {
        self.limits = limits
        nextStreamID = firstStreamID
    }

    /// How many calls are in flight, streams included.
    package var callCount: Int {
        calls.count + streams.count
    }

    /// How many unary calls are in flight.
    package var unaryCallCount: Int {
        calls.count
    }

    /// Whether another call may begin now.
    package var hasRoom: Bool {
        nextStreamID != nil && callCount < limits.callsPerConnectionMax
    }

    /// Whether no call may begin any more and every unary call is answered: a new connection is
    /// needed, which streams, however long they may yet be, do not put off.
    package var isUsedUp: Bool {
        nextStreamID == nil && calls.isEmpty
    }

    /// Whether a request is to name the extensions of this client.
    package var announces: Bool {
        extensions == nil
    }

    /// The calls in flight.
    package var callsInFlight: some Sequence<(streamID: UInt32, call: Call)> {
        let unary = calls.lazy.map { (streamID: $0.key, call: $0.value) }
        let streaming = streams.lazy.map { (streamID: $0.key, call: $0.value.call) }
        return [Array(unary), Array(streaming)].joined()
    }

    /// Begins a call.
    ///
    /// Stream ids go up by two, as strict servers demand, so the request must be written before
    /// another call begins.
    ///
    /// - Returns: its stream id; `nil` if there is no room.
    package mutating func begin(_ call: Call, kind: CallKind = .unary) -> UInt32? {
        guard hasRoom, let streamID = nextStreamID else {
            return nil
        }
        let (next, overflow) = streamID.addingReportingOverflow(2)
        nextStreamID = overflow ? nil : next
        if kind == .unary {
            calls[streamID] = call
        } else {
            streams[streamID] = ClientStreamState(call: call, kind: kind, limits: limits)
        }
        return streamID
    }

    /// Begins no call any more.
    package mutating func retire() {
        nextStreamID = nil
    }

    /// Takes a whole frame.
    package mutating func receive(_ header: FrameHeader, _ payload: Span<UInt8>) -> FrameAction {
        switch header.type {
        case .response: return receiveResponse(header.streamID, payload)
        case .data:
            guard let call = calls.removeValue(forKey: header.streamID) else {
                return receiveData(header, payload)
            }
            return .breach(
                call, streamID: header.streamID, .malformedResponse("stream of data"))
        case .window: return receiveWindow(header.streamID, payload)
        default: return .ignore
        }
    }

    /// Takes the header of a frame whose payload is above the limit and will be discarded.
    package mutating func receiveOversize(_ header: FrameHeader) -> FrameAction {
        let error = RPCError.frameTooLarge(limits.framePayloadBytesMax)
        guard let call = forget(header.streamID) else {
            return .ignore
        }
        return .breach(call, streamID: header.streamID, error)
    }

    private mutating func receiveResponse(
        _ streamID: UInt32, _ payload: Span<UInt8>
    ) -> FrameAction {
        let stream = streams.removeValue(forKey: streamID)
        let call = calls.removeValue(forKey: streamID)
        guard stream != nil || call != nil else {
            return .ignore
        }
        let contents =
            ResponseEnvelope.read(payload)
            ?? .init(outcome: .failure(.malformedResponse("envelope")), metadata: .init())
        let metadata = noteExtensions(contents)
        if let call {
            return .finish(call, contents.outcome, metadata)
        }
        return stream?.action(atEnd: contents.outcome, metadata) ?? .ignore
    }

    /// Learns what a response says of the server, and takes it out of the metadata.
    private mutating func noteExtensions(_ contents: ResponseEnvelope.Contents) -> Metadata {
        if let names = contents.metadata.first(for: Extensions.metadataKey) {
            learn(Extensions(announcement: names))
            return contents.metadata.removing(Extensions.metadataKey)
        }
        // A server that knows the extensions names them in its first response. One that refuses
        // a request unread may not have seen the announcement.
        if extensions == nil, case .success = contents.outcome {
            learn([])
        }
        return contents.metadata
    }

    mutating func learn(_ shown: Extensions) {
        extensions = extensions?.union(shown) ?? shown
        isPresumedForeign = false
    }

    /// Ends a call that nobody waits for any longer; what comes for it will be ignored.
    package mutating func forget(_ streamID: UInt32) -> Call? {
        calls.removeValue(forKey: streamID) ?? streams.removeValue(forKey: streamID)?.call
    }

    /// The connection has ended.
    ///
    /// - Returns: the calls that will not be answered.
    package mutating func lose() -> [Call] {
        defer { (calls, streams) = ([:], [:]) }
        return callsInFlight.map(\.call)
    }
}
