// SPDX-License-Identifier: Apache-2.0

/// What follows an attempt: an outcome, or another attempt after a pause.
enum RetryDecision: Equatable {
    case finish(Result<UnaryResponse, RPCError>)
    case repeatAfter(Duration)

    /// Decides.
    ///
    /// - Parameters:
    ///   - outcome: how the attempt ended.
    ///   - attempt: its number, from 1.
    ///   - isIdempotent: whether the call may run twice.
    ///   - remaining: until the deadline.
    ///   - policy: the client's policy.
    ///   - throttle: the client's throttle, told of the outcome.
    ///   - random: from 0 up to 1.
    init(
        after outcome: AttemptOutcome, attempt: Int, isIdempotent: Bool, remaining: Duration,
        policy: RetryPolicy, throttle: inout RetryThrottle, random: Double
    ) {
        let error: RPCError
        let mayRepeat: Bool
        switch outcome {
        case .answered(.failure(let status), _) where status.code == .unavailable:
            (error, mayRepeat) = (status, true)
        case .answered(let answer, let metadata):
            throttle.succeeded()
            self = .finish(answer.map { UnaryResponse(payload: $0, metadata: metadata) })
            return
        case .notSent(let reason): (error, mayRepeat) = (reason, reason.code == .unavailable)
        case .lost(let reason):
            (error, mayRepeat) = (reason, isIdempotent && reason.code == .unavailable)
        case .expired: (error, mayRepeat) = (.deadlineExceeded, false)
        case .cancelled: (error, mayRepeat) = (.callCancelled, false)
        }
        guard mayRepeat else {
            self = .finish(.failure(error))
            return
        }
        throttle.failed()
        let pause =
            error.detail(RetryInfo.self)?.delay
            ?? policy.backoff(beforeRepeat: attempt, random: random)
        guard attempt < min(policy.attemptsMax, 5), throttle.allowsRepeat, pause >= .zero,
            pause < remaining
        else {
            self = .finish(.failure(error))
            return
        }
        self = .repeatAfter(pause)
    }
}
