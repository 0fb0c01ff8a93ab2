// SPDX-License-Identifier: Apache-2.0

/// Tells the interceptors of a connection's calls; costs nothing when there are none.
struct WatchedCalls {
    private struct Watched {
        let call: ServerCall
        let began: ContinuousClock.Instant
    }

    private let interceptors: [any UnaryInterceptor]
    private var calls: [CallKey: Watched] = [:]

    init(_ interceptors: [any UnaryInterceptor]) {
        self.interceptors = interceptors
    }

    /// Whether anybody listens, so that a call need be described.
    var isWatching: Bool {
        !interceptors.isEmpty
    }

    /// A handler is about to start.
    mutating func began(_ key: CallKey, _ call: ServerCall, now: ContinuousClock.Instant) {
        guard isWatching else {
            return
        }
        calls[key] = Watched(call: call, began: now)
        for interceptor in interceptors {
            interceptor.callBegan(call)
        }
    }

    /// A call was answered.
    mutating func ended(_ key: CallKey, _ code: StatusCode) {
        guard isWatching, let watched = calls.removeValue(forKey: key) else {
            return
        }
        tell(watched, code)
    }

    /// A call was refused before its handler started.
    func refused(_ call: ServerCall, _ code: StatusCode, since began: ContinuousClock.Instant) {
        tell(Watched(call: call, began: began), code)
    }

    /// The client has gone; nobody will be answered.
    mutating func abandoned() {
        for watched in calls.values {
            tell(watched, .cancelled)
        }
        calls = [:]
    }

    private func tell(_ watched: Watched, _ code: StatusCode) {
        let duration = watched.began.duration(to: .now)
        for interceptor in interceptors {
            interceptor.callEnded(watched.call, status: code, duration: duration)
        }
    }
}
