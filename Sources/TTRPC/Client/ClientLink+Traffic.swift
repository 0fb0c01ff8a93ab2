// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// What comes and goes on the connection.
extension ClientLink {
    // MARK: Frames

    /// Takes what was received.
    mutating func receive(_ events: [FrameDecoder.Event], on number: UInt64) -> ClientEffects {
        var effects = ClientEffects()
        guard connection?.number == number else {
            return effects
        }
        for event in events {
            if let action = connection?.machine.receive(event) {
                perform(action, &effects)
            }
        }
        if !effects.ended.isEmpty {
            connection?.isShared = effects.ended.count > 1
        }
        if connection?.machine.isUsedUp == true {
            effects.closing = connection?.channel
        } else {
            fill(&effects)
        }
        return effects
    }

    private mutating func perform(
        _ action: ClientConnection<SentCall>.FrameAction, _ effects: inout ClientEffects
    ) {
        switch action {
        case .finish(let call, let outcome, let metadata):
            connectionWorks()
            effects.end(call.call, .answered(outcome, metadata))
        case .item(let call, let message):
            connectionWorks()
            effects.messages.append((call.call, message))
        case .lastItem(let call, let message, let metadata):
            connectionWorks()
            effects.messages.append((call.call, message))
            end(call.call, nil, metadata, &effects)
        case .end(let call, let error, let metadata):
            connectionWorks()
            end(call.call, error, metadata, &effects)
        case .breach(let call, let streamID, let error):
            connection?.output.pending.writeCancelFrame(streamID: streamID)
            end(call.call, error, .init(), &effects)
        // What there is now room for is written when all frames are taken.
        case .room, .ignore: break
        case .close: effects.closing = connection?.channel
        }
    }

    /// The server has ended a stream, or broken its rules.
    private mutating func end(
        _ call: PendingCall, _ error: RPCError?, _ metadata: Metadata,
        _ effects: inout ClientEffects
    ) {
        guard call.inbox != nil else {
            return effects.end(call, .answered(.failure(error ?? .noResponse), metadata))
        }
        effects.streamsEnded.append((call, error, metadata))
        connection?.failEndedMessages(error ?? .streamEnded, &effects)
    }

    // MARK: Sending

    /// The event loop has come to send.
    mutating func takeForLoop() -> OutgoingBytes? {
        guard connection?.output.turn == .asked, let socket = connection?.socket,
            let number = connection?.number, let bytes = connection?.output.take()
        else {
            return nil
        }
        return OutgoingBytes(connection: number, socket: socket, bytes: bytes)
    }

    /// The channel takes what the socket has no room for.
    mutating func takeForChannel() -> (any Channel, UInt64, ByteBuffer)? {
        guard connection?.output.turn == .asked, let channel = connection?.channel,
            let number = connection?.number, let bytes = connection?.output.take(for: .channel)
        else {
            return nil
        }
        return (channel, number, bytes)
    }

    /// Bytes that a thread has taken were sent up to `count`; `nil` if the socket takes no more.
    mutating func sent(_ outgoing: OutgoingBytes, count: Int?) -> ClientEffects {
        var effects = ClientEffects()
        guard connection?.number == outgoing.connection else {
            return effects
        }
        guard let count else {
            for call in connection?.sendFailed() ?? [] {
                takeBack(call, &effects)
            }
            return effects
        }
        connection?.output.sent(outgoing.bytes, count: count)
        fill(direct: false, &effects)
        return effects
    }

    /// The channel has written what it held.
    mutating func channelSent(on number: UInt64) -> ClientEffects {
        var effects = ClientEffects()
        if connection?.number == number {
            connection?.output.channelSent()
            fill(&effects)
        }
        return effects
    }

    // MARK: Streams

    /// Writes a message at once, if that is possible.
    ///
    /// - Returns: `nil` if it has to wait.
    mutating func writeNow(_ message: [UInt8], on key: StreamKey) -> ClientEffects? {
        guard connection?.number == key.connection,
            connection?.canWrite(on: key.streamID) == true
        else {
            return nil
        }
        var effects = ClientEffects()
        connection?.write(message, on: key.streamID)
        connection?.send(&effects)
        return effects
    }

    /// Has a message written when there is room for it.
    mutating func write(_ message: PendingMessage, on key: StreamKey) -> ClientEffects {
        var effects = ClientEffects()
        guard connection?.number == key.connection else {
            effects.writes.append((message, .streamEnded))
            return effects
        }
        let now = environment.now()
        let judgement = connection?.write(message, on: key.streamID, now: now, &effects)
        if let judgement = judgement ?? nil {
            ring(at: judgement, &effects)
        }
        connection?.send(&effects)
        return effects
    }

    /// Ends the sending side of a stream.
    mutating func finish(_ key: StreamKey) -> ClientEffects {
        var effects = ClientEffects()
        if connection?.number == key.connection {
            connection?.finish(key.streamID)
            connection?.send(&effects)
        }
        return effects
    }

    /// A message of a stream has been taken by its consumer.
    mutating func consumed(_ byteCount: Int, on key: StreamKey) -> ClientEffects {
        var effects = ClientEffects()
        if connection?.number == key.connection,
            let update = connection?.machine.consumed(on: key.streamID, byteCount: byteCount)
        {
            connection?.output.pending.writeWindowFrame(streamID: key.streamID, update)
            connection?.send(&effects)
        }
        return effects
    }
}

extension ClientConnection {
    /// Takes what the decoder made out.
    fileprivate mutating func receive(_ event: FrameDecoder.Event) -> FrameAction {
        switch event {
        case .frame(let header, let payload): receive(header, payload.readableBytesUInt8Span)
        case .oversize(let header): receiveOversize(header)
        case .notTTRPC: .close
        }
    }
}
