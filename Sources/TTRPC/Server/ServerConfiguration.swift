// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// How a server is set up, beside what it serves.
public struct ServerConfiguration: Sendable, Hashable {
    /// The bounds that peers are held to.
    public var limits: Limits

    /// How many event loops, and so lanes, there are; at least 1.
    public var eventLoopCount: Int

    /// Makes a configuration; `nil` stands for one loop per core and at most 4.
    public init(limits: Limits = .init(), eventLoopCount: Int? = nil) {
        self.limits = limits
        self.eventLoopCount = max(1, eventLoopCount ?? min(System.coreCount, 4))
    }
}
