// SPDX-License-Identifier: Apache-2.0

extension ServerConnection {
    // MARK: Items from the client

    mutating func receiveData(_ header: FrameHeader) -> FrameAction {
        let streamID = header.streamID
        guard streamID & 1 == 1 else {
            return refuse(.evenStreamID)
        }
        guard let call = calls[streamID] else {
            guard isAhead(streamID) else {
                // What a client sent before it saw our last frame is nobody's fault.
                counters.dataDropped += 1
                return .ignore
            }
            return refuse(.noSuchStream)
        }
        guard call.kind != .unary else {
            return breach()
        }
        guard !call.isInputClosed else {
            return fail(streamID, .dataAfterEnd)
        }
        let ends = header.flags.contains(.remoteClosed)
        if ends {
            calls[streamID]?.isInputClosed = true
        }
        // Only the flag means nothing: an item without bytes is an item.
        guard header.flags.contains(.noData) else {
            let byteCount = Int(header.payloadByteCount)
            return receiveItem(call.key(streamID), byteCount: byteCount, isLast: ends)
        }
        return ends && call.kind.streamsRequests ? .inputEnded(call.key(streamID)) : .ignore
    }

    /// Takes an item of a live stream, whether from a Data frame or from the request itself.
    package mutating func receiveItem(
        _ key: CallKey, byteCount: Int, isLast: Bool
    ) -> FrameAction {
        guard let call = calls[key.streamID], call.kind.streamsRequests else {
            return fail(key.streamID, .dataAfterEnd)
        }
        guard calls[key.streamID]?.inbound.receive(byteCount: byteCount) == true else {
            return fail(key.streamID, .streamOverflow)
        }
        return .item(key, isLast: isLast)
    }

    /// The consumer of a call has taken an item.
    ///
    /// - Returns: the credit to send to the client, if it knows credit and waits for it.
    package mutating func take(_ key: CallKey, byteCount: Int) -> WindowUpdate? {
        guard isLive(key) else {
            return nil
        }
        let update = calls[key.streamID]?.inbound.take(byteCount: byteCount)
        let isAwaited = calls[key.streamID]?.isInputClosed == false
        return isAwaited && extensions.contains(.window) ? update : nil
    }

    // MARK: Items to the client

    /// Takes credit for an item of a call.
    ///
    /// - Returns: false if the client has to make room first.
    package mutating func spendCredit(_ key: CallKey, byteCount: Int) -> Bool {
        guard isLive(key), let credit = calls[key.streamID]?.outbound else {
            return true
        }
        guard credit.allowsItem else {
            return false
        }
        calls[key.streamID]?.outbound?.spend(byteCount: byteCount)
        return true
    }

    mutating func receiveWindow(_ header: FrameHeader, _ payload: Span<UInt8>) -> FrameAction {
        guard let update = WindowUpdate(payload), let call = calls[header.streamID],
            call.outbound != nil
        else {
            return ignoreFrame()
        }
        calls[header.streamID]?.outbound?.add(update)
        return .credit(call.key(header.streamID))
    }

    // MARK: The end of a stream

    mutating func receiveCancel(_ header: FrameHeader) -> FrameAction {
        guard let call = calls.removeValue(forKey: header.streamID) else {
            return ignoreFrame()
        }
        counters.callsCancelled += 1
        return .cancel(call.key(header.streamID))
    }

    /// Ends a call with an error of the connection's own.
    package mutating func fail(_ streamID: UInt32, _ error: RPCError) -> FrameAction {
        guard let call = calls.removeValue(forKey: streamID) else {
            return .ignore
        }
        return .fail(call.key(streamID), error)
    }
}

extension ServerConnection.Call {
    func key(_ streamID: UInt32) -> CallKey {
        CallKey(streamID: streamID, serial: serial)
    }
}
