// SPDX-License-Identifier: Apache-2.0

extension ClientConnection {
    /// Why a message cannot be written now.
    package enum WriteRefusal: Hashable {
        /// The stream has used its credit.
        case noCredit
        /// So it has, and the server may be one that gives none.
        case serverUnknown
        /// The stream has ended, or its sending side has.
        case ended
    }

    // MARK: Sending

    /// Whether a stream has not ended.
    package func isLive(_ streamID: UInt32) -> Bool {
        streams[streamID] != nil
    }

    /// Why a message cannot be written on a stream now; `nil` if it can.
    package func refusal(toWriteOn streamID: UInt32) -> WriteRefusal? {
        guard let stream = streams[streamID], !stream.isFinished else {
            return .ended
        }
        guard !stream.hasCredit, !sendsWithoutCredit else {
            return nil
        }
        return extensions == nil ? .serverUnknown : .noCredit
    }

    /// Charges a message to its stream's credit; the Data frame is to be written.
    package mutating func wrote(on streamID: UInt32, byteCount: Int) {
        streams[streamID]?.charge(byteCount: byteCount)
    }

    /// Ends the sending side of a stream.
    ///
    /// - Returns: whether the frame that says so is to be written.
    package mutating func finish(_ streamID: UInt32) -> Bool {
        guard let stream = streams[streamID], !stream.isFinished else {
            return false
        }
        streams[streamID]?.isFinished = true
        return true
    }

    /// A server that has not shown itself in time is one without extensions, until it does.
    package mutating func presumeForeign() {
        isPresumedForeign = extensions == nil
    }

    private var sendsWithoutCredit: Bool {
        isPresumedForeign || extensions.map { !$0.contains(.window) } ?? false
    }

    // MARK: Receiving

    /// The consumer has taken a message.
    ///
    /// Room is given back unasked to a server of which nothing is known: one that knows the
    /// extensions may wait for it, and others ignore the frame.
    ///
    /// - Returns: the room to give back to the server, if it is time to.
    package mutating func consumed(on streamID: UInt32, byteCount: Int) -> WindowUpdate? {
        guard let update = streams[streamID]?.take(byteCount: byteCount) else {
            return nil
        }
        return sendsWithoutCredit ? nil : update
    }

    mutating func receiveWindow(_ streamID: UInt32, _ payload: Span<UInt8>) -> FrameAction {
        guard let update = WindowUpdate(payload) else {
            return .ignore
        }
        learn(.window)
        streams[streamID]?.grant(update)
        return .room
    }

    mutating func receiveData(_ header: FrameHeader, _ payload: Span<UInt8>) -> FrameAction {
        let streamID = header.streamID
        guard var stream = streams[streamID] else {
            // After our CANCEL, or after the server's own last frame.
            return .ignore
        }
        let isLast = header.flags.contains(.remoteClosed)
        let hasItem = !header.flags.contains(.noData)
        if stream.kind == .clientStreaming {
            streams[streamID] = nil
            return .breach(
                stream.call, streamID: streamID, .malformedResponse("stream of data"))
        }
        if hasItem, !stream.receive(byteCount: payload.count) {
            streams[streamID] = nil
            return .breach(stream.call, streamID: streamID, .consumerOverflow)
        }
        streams[streamID] = isLast ? nil : stream
        switch (hasItem, isLast) {
        case (true, true):
            return .lastItem(stream.call, payload.copy(of: 0..<payload.count), .init())
        case (true, false): return .item(stream.call, payload.copy(of: 0..<payload.count))
        case (false, true): return .end(stream.call, nil, .init())
        case (false, false): return .ignore
        }
    }
}
