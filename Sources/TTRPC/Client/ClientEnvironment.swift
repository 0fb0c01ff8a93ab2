// SPDX-License-Identifier: Apache-2.0

/// The time and the randomness that a client uses.
public struct ClientEnvironment: Sendable {
    /// The monotonic clock.
    public var now: @Sendable () -> ContinuousClock.Instant

    /// Pauses a task; throws when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void

    /// A number from 0 up to 1, for jitter.
    public var random: @Sendable () -> Double

    /// Makes an environment.
    public init(
        now: @escaping @Sendable () -> ContinuousClock.Instant,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.sleep = sleep
        self.random = random
    }

    /// The system's clock and randomness.
    public static let system = ClientEnvironment(
        now: { .now }, sleep: { try await Task.sleep(for: $0) },
        random: { .random(in: 0..<1) })
}
