// SPDX-License-Identifier: Apache-2.0

/// Sends the trace that a task belongs to with each call that the task makes.
///
/// Each call is a span of its own. A call whose metadata names a trace already keeps it.
///
/// ```swift
/// let client = Client(path: path, interceptors: [TracePropagation()])
/// try await TraceContext.$current.withValue(TraceContext(call.metadata)) {
///     try await orders.getOrder(request)
/// }
/// ```
public struct TracePropagation: ClientInterceptor {
    private let random: @Sendable () -> UInt64

    /// Makes an interceptor.
    ///
    /// - Parameter random: gives the ids of spans.
    public init(
        random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) {
        self.random = random
    }

    /// Adds the `traceparent`.
    public func callBegan(_ call: inout ClientCall) {
        guard call.metadata.first(for: TraceContext.metadataKey) == nil,
            let span = TraceContext.current?.child(spanID: spanID())
        else {
            return
        }
        call.metadata.append(key: TraceContext.metadataKey, value: span.description)
    }

    /// Notes nothing.
    public func callEnded(_ call: ClientCall, status: StatusCode, duration: Duration) {}

    private func spanID() -> String {
        // An id of zeros only is none.
        let digits = String(max(random(), 1), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
