// SPDX-License-Identifier: Apache-2.0

/// The calls of a connection whose handlers have not finished, and who is told of them.
struct RunningCalls {
    /// A reference, because a call is looked at several times and is large to copy.
    private final class Running {
        let call: ServerCall
        let began: ContinuousClock.Instant
        let stream: ServerStream?
        let cancellation: CallCancellation
        /// Whether the interceptors have been told the end.
        var isOver = false

        init(_ call: ServerCall, _ began: ContinuousClock.Instant, _ stream: ServerStream?) {
            self.call = call
            self.began = began
            self.stream = stream
            cancellation = call.cancellation
        }
    }

    private let interceptors: [any ServerInterceptor]
    private var calls: [CallKey: Running] = [:]

    init(_ interceptors: [any ServerInterceptor]) {
        self.interceptors = interceptors
    }

    /// Whether anybody listens, so that a refused call need be described.
    var isWatched: Bool {
        !interceptors.isEmpty
    }

    /// A handler is about to start; throws if an interceptor refuses it.
    mutating func begin(
        _ key: CallKey, _ call: ServerCall, _ stream: ServerStream?,
        now: ContinuousClock.Instant
    ) throws(RPCError) {
        calls[key] = Running(call, now, stream)
        for interceptor in interceptors {
            try interceptor.callBegan(call)
        }
    }

    /// The stream of a call, if it has one and runs.
    func stream(of key: CallKey) -> ServerStream? {
        calls[key]?.stream
    }

    /// The client has been answered, or waits no longer.
    func ended(_ key: CallKey, _ code: StatusCode) {
        guard isWatched, let running = calls[key], !running.isOver else {
            return
        }
        running.isOver = true
        tell(running.call, code, since: running.began)
    }

    /// Tells the call's work that nobody waits any more.
    func cancel(_ key: CallKey, _ error: RPCError) {
        guard let running = calls[key] else {
            return
        }
        running.stream?.end(error)
        running.cancellation.cancel()
    }

    /// A handler has finished.
    mutating func finished(_ key: CallKey) {
        calls.removeValue(forKey: key)?.cancellation.retire()
    }

    /// The client has gone: nobody will be answered, and all work is told so.
    mutating func abandon() {
        for (key, running) in calls {
            ended(key, .cancelled)
            running.stream?.end(.callCancelled)
            running.cancellation.cancel()
        }
        calls = [:]
    }

    /// A call was refused before its handler started.
    func refused(_ call: ServerCall, _ code: StatusCode, since began: ContinuousClock.Instant) {
        tell(call, code, since: began)
    }

    private func tell(
        _ call: ServerCall, _ code: StatusCode, since began: ContinuousClock.Instant
    ) {
        let duration = began.duration(to: .now)
        for interceptor in interceptors {
            interceptor.callEnded(call, status: code, duration: duration)
        }
    }
}
