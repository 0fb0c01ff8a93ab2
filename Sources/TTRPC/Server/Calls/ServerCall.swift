// SPDX-License-Identifier: Apache-2.0

/// What the runtime knows of a call before its handler runs.
public struct ServerCall: Sendable {
    /// The method called.
    public let method: MethodDescriptor

    /// Who calls, as the kernel says.
    public let peer: Peer

    /// What the client said beside the request; never proof of who calls.
    public let metadata: Metadata

    /// The index of the event loop that the call's connection lives on, from 0.
    ///
    /// Calls with the same lane never run at the same time, so a lane may own what is not shared.
    public let lane: Int

    /// When the client stops waiting, on the monotonic clock.
    ///
    /// After it the client has been told DEADLINE_EXCEEDED and a reply goes nowhere.
    public let deadline: ContinuousClock.Instant

    /// Tells when nobody waits for the call any more.
    public let cancellation: CallCancellation

    /// Makes a call, as the runtime or a test does.
    public init(
        method: MethodDescriptor, peer: Peer, metadata: Metadata = .init(), lane: Int = 0,
        deadline: ContinuousClock.Instant, cancellation: CallCancellation = .init()
    ) {
        self.method = method
        self.peer = peer
        self.metadata = metadata
        self.lane = lane
        self.deadline = deadline
        self.cancellation = cancellation
    }

    /// Whether the deadline has passed at `now`.
    public func isPastDeadline(now: ContinuousClock.Instant) -> Bool {
        now >= deadline
    }
}
