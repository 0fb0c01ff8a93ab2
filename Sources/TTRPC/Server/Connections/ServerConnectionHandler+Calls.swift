// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore

/// Requests in, replies out.
extension ServerConnectionHandler {
    // MARK: Requests

    func dispatch(_ header: FrameHeader, _ envelope: RequestEnvelope, _ payload: ByteBuffer) {
        let bytes = payload.readableBytesUInt8Span
        let match = shared.services.find(
            service: bytes.extracting(envelope.service),
            method: bytes.extracting(envelope.method))
        switch match {
        case .found(let entry):
            start(entry, header, envelope, bytes)
        case .noService:
            refuse(header, .noService(String(lossy: bytes.extracting(envelope.service))))
        case .noMethod:
            refuse(header, .noMethod(String(lossy: bytes.extracting(envelope.method))))
        }
    }

    private func start(
        _ entry: MethodTable.Entry, _ header: FrameHeader, _ envelope: RequestEnvelope,
        _ bytes: Span<UInt8>
    ) {
        let now = ContinuousClock.Instant.now
        let method = entry.descriptor
        if case .denied(let error) = shared.authorize(peer, method) {
            return refuse(header, error, method, envelope, now)
        }
        guard let outbox, account.beginCall(method.kind) else {
            let error = RPCError.tooManyCalls("user", retryAfter: shared.limits.retryDelay)
            return refuse(header, error, method, envelope, now)
        }
        let action = machine.begin(
            header.streamID, kind: method.kind, flags: header.flags,
            timeoutNanoseconds: envelope.timeoutNanoseconds, now: now)
        switch action {
        case .refuse(let error):
            account.endCall(method.kind)
            respond(header.streamID, Reply(outcome: .failure(error)))
            tellRefused(method, envelope, now, error.code)
        case .start(let key, let deadline):
            let call = ServerCall(
                method: method, peer: peer, metadata: envelope.metadata, lane: lane.index,
                deadline: deadline)
            setAlarm(deadline)
            run(entry, key, call, header, bytes.extracting(envelope.payload), now, outbox)
        }
    }

    private func run(
        _ entry: MethodTable.Entry, _ key: CallKey, _ call: ServerCall, _ header: FrameHeader,
        _ payload: Span<UInt8>, _ now: ContinuousClock.Instant, _ outbox: CallOutbox
    ) {
        do throws(RPCError) {
            switch entry.invoke {
            case .unary(let invoke):
                try running.begin(key, call, nil, now: now)
                invoke(payload, call, key, outbox)
            case .stream(let invoke):
                let stream = ServerStream(
                    key, call.method.kind, outbox: outbox, account: account)
                try running.begin(key, call, stream, now: now)
                startStream(key, call, stream, header, payload.copy(of: payload.indices), invoke)
            }
        } catch {
            account.endCall(call.method.kind)
            finish(key, Reply(outcome: .failure(error.asFailure)))
        }
    }

    private func refuse(_ header: FrameHeader, _ error: RPCError) {
        machine.counters.callsRefused += 1
        respond(header.streamID, Reply(outcome: .failure(error)))
    }

    private func refuse(
        _ header: FrameHeader, _ error: RPCError, _ method: MethodDescriptor,
        _ envelope: RequestEnvelope, _ now: ContinuousClock.Instant
    ) {
        refuse(header, error)
        tellRefused(method, envelope, now, error.code)
    }

    private func tellRefused(
        _ method: MethodDescriptor, _ envelope: RequestEnvelope, _ now: ContinuousClock.Instant,
        _ code: StatusCode
    ) {
        guard running.isWatched else {
            return
        }
        let call = ServerCall(
            method: method, peer: peer, metadata: envelope.metadata, lane: lane.index,
            deadline: now)
        running.refused(call, code, since: now)
    }

    // MARK: Replies

    /// Takes what has happened to calls.
    func take(_ events: [CallEvent]) {
        for event in events {
            take(event)
        }
        flush()
    }

    /// Takes one thing that has happened to a call; ``flush()`` is to follow.
    func take(_ event: CallEvent) {
        switch event {
        case .reply(let key, let reply): finish(key, reply)
        case .ended(let key, let result): finishStream(key, result)
        case .item(let key, let bytes, let sender): send(key, .init(bytes: bytes, sender: sender))
        case .taken(let key, let byteCount): taken(key, byteCount: byteCount)
        case .replyRepeated: machine.counters.repliesRepeated += 1
        case .replyDropped:
            machine.counters.repliesDropped += 1
            shared.logger.error(
                "A handler let go of a call without a reply.",
                metadata: ["peer.uid": "\(peer.uid)", "lane": "\(lane.index)"])
        }
    }

    /// A handler has finished with this reply.
    func finish(_ key: CallKey, _ reply: Reply) {
        if machine.finish(key) {
            running.ended(key, respond(key.streamID, reply))
        }
        running.finished(key)
    }

    /// Answers a call whose handler still runs, and tells its work that it is over.
    func answerOver(_ key: CallKey, _ error: RPCError) {
        running.ended(key, respond(key.streamID, Reply(outcome: .failure(error))))
        abandon(key, error)
    }

    /// Tells the work of a call that nobody waits for it.
    func abandon(_ key: CallKey, _ error: RPCError) {
        waitingItems.end(key)
        running.cancel(key, error)
    }

    @discardableResult
    func respond(_ streamID: UInt32, _ reply: Reply) -> StatusCode {
        var reply = reply
        if case .success(let bytes) = reply.outcome, !hasRoom(for: bytes.count) {
            reply = Reply(outcome: .failure(.queueFull(retryAfter: shared.limits.retryDelay)))
        }
        if !machine.extensions.contains(.responseMetadata) {
            reply.metadata = .init()
        } else if let acknowledgement = machine.takeAcknowledgement() {
            reply.metadata.append(key: Extensions.metadataKey, value: acknowledgement)
        }
        return output.pending.writeResponseFrame(
            streamID: streamID, reply.outcome, metadata: reply.metadata,
            payloadBytesMax: shared.limits.framePayloadBytesMax)
    }

    func hasRoom(for byteCount: Int) -> Bool {
        let waiting = output.pending.readableBytes + byteCount
        return output.queuedBytes + waiting <= shared.limits.queuedBytesPerConnectionMax
            && account.allowsQueuedBytes(waiting)
    }
}
