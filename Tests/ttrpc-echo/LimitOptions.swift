// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import TTRPC

/// Bounds other than the default, for tests that go to them.
struct LimitOptions: ParsableArguments {
    @Option(help: "Event loops; one per core and at most 4 by default.")
    var lanes: Int?

    @Option(help: "Calls of one connection that may run at once.")
    var callsPerConnection = Limits().callsPerConnectionMax

    @Option(help: "Calls of one user that may run at once.")
    var callsPerUser = Limits().callsPerUserMax

    @Option(help: "Connections of one user.")
    var connectionsPerUser = Limits().connectionsPerUserMax

    @Option(help: "Reply bytes that may wait for one connection's peer.")
    var queuedBytes = Limits().queuedBytesPerConnectionMax

    @Option(help: "Milliseconds that a peer may leave waiting replies untouched.")
    var writeStall = 10_000

    @Option(help: "Milliseconds that the first whole frame may take.")
    var firstFrame = 5_000

    @Option(help: "Milliseconds that a frame may take from its first byte to its last.")
    var startedFrame = 10_000

    @Option(help: "Milliseconds that a call without a deadline may take.")
    var deadline = 30_000

    /// The defaults with these bounds.
    var limits: Limits {
        var limits = Limits()
        limits.callsPerConnectionMax = callsPerConnection
        limits.callsPerUserMax = callsPerUser
        limits.connectionsPerUserMax = connectionsPerUser
        limits.connectionsMax = max(limits.connectionsMax, connectionsPerUser)
        limits.queuedBytesPerConnectionMax = queuedBytes
        limits.writeStall = .milliseconds(writeStall)
        limits.firstFrame = .milliseconds(firstFrame)
        limits.startedFrame = .milliseconds(startedFrame)
        limits.deadlineDefault = .milliseconds(deadline)
        return limits
    }
}
