// SPDX-License-Identifier: Apache-2.0

/// What a connection did that nobody was told of.
public struct ConnectionCounters: Sendable, Hashable {
    /// Calls whose handlers were started.
    public var callsStarted = 0
    /// Calls answered by the runtime itself, for want of room, role, method or form.
    public var callsRefused = 0
    /// Calls whose deadline passed before the reply.
    public var callsExpired = 0
    /// Calls that their client gave up, or whose client has gone.
    public var callsCancelled = 0
    /// Frames of a type that a server does not take.
    public var framesIgnored = 0
    /// Data frames for a stream that had ended.
    public var dataDropped = 0
    /// Frames above the size limit.
    public var framesOversize = 0
    /// Breaches of the protocol that closed the connection.
    public var protocolErrors = 0
    /// Replies that came after the call's end.
    public var repliesLate = 0
    /// Second replies to one call.
    public var repliesRepeated = 0
    /// Calls whose handler let go of the reply.
    public var repliesDropped = 0
    /// Connections closed because a peer was too slow to send or to read.
    public var peersTooSlow = 0

    /// Counters at 0.
    public init() {}

    /// Adds the counts of another connection.
    mutating func add(_ other: ConnectionCounters) {
        callsStarted += other.callsStarted
        callsRefused += other.callsRefused
        callsExpired += other.callsExpired
        callsCancelled += other.callsCancelled
        framesIgnored += other.framesIgnored
        dataDropped += other.dataDropped
        framesOversize += other.framesOversize
        protocolErrors += other.protocolErrors
        repliesLate += other.repliesLate
        repliesRepeated += other.repliesRepeated
        repliesDropped += other.repliesDropped
        peersTooSlow += other.peersTooSlow
    }
}
