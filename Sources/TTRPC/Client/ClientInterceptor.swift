// SPDX-License-Identifier: Apache-2.0

/// A call as interceptors see it.
public struct ClientCall: Sendable, Hashable {
    /// What is called.
    public let method: MethodDescriptor

    /// How long it may take; `nil` for a stream without end.
    public let timeout: Duration?

    /// What goes with the request; an interceptor may add to it.
    public var metadata: Metadata
}

/// Watches the calls of a client and may add to their metadata: for logs, metrics and traces.
///
/// Both functions are called once for each call, of any kind, however often it is tried; from any
/// thread, and they must not block.
public protocol ClientInterceptor: Sendable {
    /// A call is about to be made.
    ///
    /// Those of a client are asked in order, each sees what the ones before have added.
    func callBegan(_ call: inout ClientCall)

    /// A call has ended.
    ///
    /// - Parameters:
    ///   - call: as it was made.
    ///   - status: what the caller is told. A stream has ended when the server has ended it or the
    ///     caller has given it up, whether or not all of it was taken.
    ///   - duration: since the call began.
    func callEnded(_ call: ClientCall, status: StatusCode, duration: Duration)
}

/// The interceptors of a client and a call that they watch.
struct WatchedCall: Sendable {
    private(set) var call: ClientCall
    private let interceptors: [any ClientInterceptor]
    private let began: ContinuousClock.Instant
    private let now: @Sendable () -> ContinuousClock.Instant

    init(
        _ call: ClientCall, _ interceptors: [any ClientInterceptor],
        now: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.call = call
        self.interceptors = interceptors
        self.now = now
        began = now()
        for interceptor in interceptors {
            interceptor.callBegan(&self.call)
        }
    }

    /// When the call ends by itself, if it does.
    func deadline(or timeout: Duration) -> ContinuousClock.Instant {
        began.advanced(by: call.timeout ?? timeout)
    }

    func ended(_ error: RPCError?) {
        guard !interceptors.isEmpty else {
            return
        }
        let duration = began.duration(to: now())
        for interceptor in interceptors.reversed() {
            interceptor.callEnded(call, status: error?.code ?? .ok, duration: duration)
        }
    }
}
