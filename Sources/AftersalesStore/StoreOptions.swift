// SPDX-License-Identifier: Apache-2.0

public import Aftersales

/// What a store needs from outside when it opens.
public struct StoreOptions: Sendable {
    /// Readers, one for each lane from 0; at least 1.
    public var laneCount: Int
    /// Stored when the database has no policy yet; its version is 1.
    public var initialPolicy: Policy
    /// Wall-clock time, read once for each mutation, on the writer.
    public var now: @Sendable () -> Instant
    /// Called on the writer's thread when nothing more can be promised; must end the process.
    public var onFatal: @Sendable (StoreError) -> Void

    /// Makes options.
    public init(
        laneCount: Int, initialPolicy: Policy, now: @escaping @Sendable () -> Instant,
        onFatal: @escaping @Sendable (StoreError) -> Void
    ) {
        self.laneCount = laneCount
        self.initialPolicy = initialPolicy
        self.now = now
        self.onFatal = onFatal
    }
}
