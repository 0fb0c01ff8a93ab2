// SPDX-License-Identifier: Apache-2.0

/// When a call that failed is tried again: gRFC A6.
///
/// Only UNAVAILABLE is repeated, and a lost connection if the call is idempotent. The deadline
/// covers all attempts and the pauses between them.
public struct RetryPolicy: Sendable, Hashable {
    /// Attempts of one call, the first included; more than 5 count as 5, and 1 is no retry.
    public var attemptsMax = 4

    /// The pause before the first repeat, before its jitter.
    public var backoffInitial: Duration = .milliseconds(50)

    /// The longest pause, before its jitter.
    public var backoffMax: Duration = .seconds(1)

    /// By how much each pause is longer than the one before.
    public var backoffMultiplier = 2.0

    /// The tokens that the throttle begins with; no repeats while half or fewer are left.
    public var throttleTokensMax = 10.0

    /// The tokens that a success gives back; a failure takes one.
    public var throttleTokensPerSuccess = 0.1

    /// The defaults.
    public init() {}

    /// No call is tried again.
    public static let none: RetryPolicy = {
        var policy = RetryPolicy()
        policy.attemptsMax = 1
        return policy
    }()

    /// The pause before repeat `number`, which counts from 1.
    ///
    /// - Parameters:
    ///   - number: which repeat.
    ///   - random: from 0 up to 1; the pause is 0.8 to 1.2 times its nominal length.
    /// - Returns: the pause.
    package func backoff(beforeRepeat number: Int, random: Double) -> Duration {
        var pause = backoffInitial
        for _ in 1..<max(1, number) where pause < backoffMax {
            pause = pause * backoffMultiplier
        }
        return min(pause, backoffMax) * (0.8 + 0.4 * random)
    }
}

/// Keeps a client from adding repeats to the load of a server that fails.
package struct RetryThrottle: Sendable {
    private let tokensMax: Double
    private let tokensPerSuccess: Double
    private(set) package var tokens: Double

    package init(_ policy: RetryPolicy) {
        tokensMax = policy.throttleTokensMax
        tokensPerSuccess = policy.throttleTokensPerSuccess
        tokens = policy.throttleTokensMax
    }

    /// Whether a repeat is allowed now.
    package var allowsRepeat: Bool {
        tokens > tokensMax / 2
    }

    /// An attempt has failed with what could be repeated.
    package mutating func failed() {
        tokens = max(0, tokens - 1)
    }

    /// An attempt has been answered with anything else.
    package mutating func succeeded() {
        tokens = min(tokensMax, tokens + tokensPerSuccess)
    }
}
