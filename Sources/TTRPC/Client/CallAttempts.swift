// SPDX-License-Identifier: Apache-2.0

/// The attempts of one call: what is sent next, and when to stop.
struct CallAttempts {
    private(set) var call: OutgoingCall
    private let metadata: Metadata
    private let isIdempotent: Bool
    private var number = 1

    init(_ call: OutgoingCall, isIdempotent: Bool) {
        self.call = call
        metadata = call.metadata
        self.isIdempotent = isIdempotent
    }

    /// Decides what follows an attempt; if another, ``call`` is what it sends.
    mutating func decide(
        after outcome: AttemptOutcome, policy: RetryPolicy, throttle: inout RetryThrottle,
        _ environment: ClientEnvironment
    ) -> RetryDecision {
        let decision = RetryDecision(
            after: outcome, attempt: number, isIdempotent: isIdempotent,
            remaining: environment.now().duration(to: call.deadline ?? call.sendBy),
            policy: policy, throttle: &throttle, random: environment.random())
        if case .repeatAfter = decision {
            call.metadata = metadata
            call.metadata.append(key: "grpc-previous-rpc-attempts", value: "\(number)")
            number += 1
        }
        return decision
    }
}
