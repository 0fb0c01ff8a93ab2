// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Streams: items both ways, and how each of them ends.
extension ServerConnectionHandler {
    typealias StreamHandler =
        @Sendable ([UInt8], ServerCall, ServerStream) async throws(RPCError) -> [UInt8]?

    /// Whether an item could be sent.
    enum SendOutcome {
        case sent
        case mustWait
        case over
    }

    // MARK: The beginning

    func startStream(
        _ key: CallKey, _ call: ServerCall, _ stream: ServerStream, _ header: FrameHeader,
        _ payload: [UInt8], _ handler: @escaping StreamHandler
    ) {
        if call.method.kind.streamsRequests {
            startInput(key, stream, header, payload)
        }
        let task = Task(executorPreference: lane.executor) {
            do throws(RPCError) {
                stream.finish(.success(try await handler(payload, call, stream)))
            } catch {
                stream.finish(.failure(error.asFailure))
            }
        }
        call.cancellation.onCancel { task.cancel() }
    }

    private func startInput(
        _ key: CallKey, _ stream: ServerStream, _ header: FrameHeader, _ payload: [UInt8]
    ) {
        if machine.extensions.contains(.window) {
            // So that the client knows early whom it talks to.
            output.pending.writeWindowFrame(
                streamID: key.streamID, WindowUpdate(items: 0, bytes: 0))
        }
        let isLast = !header.flags.contains(.remoteOpen)
        if payload.isEmpty {
            if isLast {
                stream.finishInput()
            }
        } else {
            // The protocol gives the request of such a stream no message, but forbids none.
            let action = machine.receiveItem(key, byteCount: payload.count, isLast: isLast)
            performStream(action, payload)
        }
    }

    // MARK: Items from the client

    func performStream(_ action: ServerConnection.FrameAction, _ payload: [UInt8]) {
        switch action {
        case .item(let key, let isLast):
            guard account.allowsQueuedBytes(payload.count) else {
                return fail(key, .queueFull(retryAfter: shared.limits.retryDelay))
            }
            let stream = running.stream(of: key)
            stream?.deliver(payload)
            if isLast {
                stream?.finishInput()
            }
        case .inputEnded(let key): running.stream(of: key)?.finishInput()
        case .credit(let key): sendWaiting(key)
        case .cancel(let key):
            running.ended(key, .cancelled)
            abandon(key, .callCancelled)
        case .fail(let key, let error): answerOver(key, error)
        case .request, .refuse, .ignore, .close: break
        }
    }

    private func fail(_ key: CallKey, _ error: RPCError) {
        performStream(machine.fail(key.streamID, error), [])
    }

    /// A handler has taken an item, so that there is room for another.
    func taken(_ key: CallKey, byteCount: Int) {
        if let update = machine.take(key, byteCount: byteCount) {
            output.pending.writeWindowFrame(streamID: key.streamID, update)
        }
    }

    // MARK: Items to the client

    /// Sends an item if that is possible at once.
    func sendNow(_ key: CallKey, _ item: [UInt8]) -> SendOutcome {
        guard machine.isLive(key) else {
            return .over
        }
        guard !waitingItems.isWaiting(key), write(key, item) else {
            return .mustWait
        }
        flushSoon()
        return .sent
    }

    /// Sends an item when there is room for it.
    func send(_ key: CallKey, _ item: WaitingItems.Item) {
        guard machine.isLive(key) else {
            return item.sender.resume(returning: .callCancelled)
        }
        waitingItems.append(key, item)
        sendWaiting(key)
    }

    private func sendWaiting(_ key: CallKey) {
        while let item = waitingItems.first(key), write(key, item.bytes) {
            waitingItems.removeFirst(key)?.sender.resume(returning: nil)
        }
    }

    private func sendAllWaiting() {
        for key in waitingItems.keys {
            sendWaiting(key)
        }
        flush()
    }

    /// Writes an item; false if there is no room, which is then awaited.
    private func write(_ key: CallKey, _ item: [UInt8]) -> Bool {
        guard item.count <= shared.limits.framePayloadBytesMax else {
            fail(key, .replyTooLarge)
            return false
        }
        guard hasRoomForItems, account.allowsQueuedBytes(item.count) else {
            awaitRoom()
            return false
        }
        guard machine.spendCredit(key, byteCount: item.count) else {
            // The client's next WINDOW frame comes back to this.
            return false
        }
        burst.add(byteCount: item.count)
        output.pending.writeDataFrame(streamID: key.streamID, item)
        return true
    }

    private var hasRoomForItems: Bool {
        !burst.isOver
            && output.queuedBytes + output.pending.readableBytes
                <= shared.limits.queuedBytesBeforeStreamsWait
    }

    /// Comes back to the items that wait: when the queue has left, or after others had their turn.
    private func awaitRoom() {
        guard !burst.isAwaitingRoom, let context else {
            return
        }
        burst.isAwaitingRoom = true
        if burst.isOver {
            flush()
            // A shorter one would be over before the loop has looked for input.
            let pause = max(StreamBurst.pause, TimeAmount(burst.began.duration(to: .now)))
            context.eventLoop.assumeIsolated().scheduleTask(in: pause) { [weak self] in
                self?.roomMade()
            }
        } else {
            let flushed = context.eventLoop.makePromise(of: Void.self)
            context.writeAndFlush(
                wrapOutboundOut(output.take() ?? ByteBuffer()), promise: flushed)
            // It fails at once when the channel is closing, and whoever waits is told by that.
            flushed.futureResult.assumeIsolated().whenSuccess { [weak self] _ in
                self?.roomMade()
            }
        }
    }

    private func roomMade() {
        guard context != nil else {
            return
        }
        burst.isAwaitingRoom = false
        burst.restart()
        noteQueue()
        sendAllWaiting()
    }

    /// Sends what was written once the handler that writes has come to rest.
    private func flushSoon() {
        guard !burst.isFlushScheduled, let context else {
            return
        }
        burst.isFlushScheduled = true
        context.eventLoop.assumeIsolated().execute { [weak self] in
            self?.burst.isFlushScheduled = false
            self?.flush()
        }
    }

    // MARK: The end

    /// The handler of a stream has finished.
    func finishStream(_ key: CallKey, _ result: Result<[UInt8]?, RPCError>) {
        switch result {
        case .success(.none):
            waitingItems.end(key)
            if machine.finish(key) {
                output.pending.writeEndOfDataFrame(streamID: key.streamID)
                running.ended(key, .ok)
            }
            running.finished(key)
        case .success(.some(let response)):
            finish(key, Reply(outcome: .success(response)))
        case .failure(let error):
            waitingItems.end(key)
            finish(key, Reply(outcome: .failure(error)))
        }
    }
}
