// SPDX-License-Identifier: Apache-2.0

/// The bounds that the protocol leaves open, one value for a whole server or client.
///
/// The initial values are the defaults. Raise them with care: each is held against a peer that
/// does its worst.
public struct Limits: Sendable, Hashable {
    /// Bytes of a frame's payload, inclusive; the protocol's own maximum is 4 MiB.
    public var framePayloadBytesMax = 4 << 20

    /// Connections of all peers together.
    public var connectionsMax = 1_024

    /// Connections of one user.
    public var connectionsPerUserMax = 64

    /// Calls of one connection whose handlers have not finished; a client queues beyond it.
    public var callsPerConnectionMax = 128

    /// Calls of one user whose handlers have not finished.
    public var callsPerUserMax = 1_024

    /// Reply bytes waiting for one connection's peer to read; a reply beyond it becomes an error.
    public var queuedBytesPerConnectionMax = 8 << 20

    /// Reply bytes waiting for all connections of one user.
    public var queuedBytesPerUserMax = 32 << 20

    /// Reply bytes waiting for one connection's peer above which nothing more is read from it.
    public var queuedBytesBeforeReadingStops = 1 << 20

    /// Items of one stream that may wait for their consumer.
    public var streamItemsMax = 64

    /// Bytes of one stream's items after which its sender needs new room; one item may exceed it.
    public var streamWindowBytes = 4 << 20

    /// How long a peer may leave waiting replies untouched.
    public var writeStall: Duration = .seconds(10)

    /// How long after connecting the first whole frame may take.
    public var firstFrame: Duration = .seconds(5)

    /// How long a frame may take from its first byte to its last.
    public var startedFrame: Duration = .seconds(10)

    /// Pairs of metadata of one call.
    public var metadataPairsMax = 64

    /// Bytes of the keys and values of one call's metadata.
    public var metadataBytesMax = 16 << 10

    /// Bytes of the names of service and method together.
    public var nameBytesMax = 256

    /// The deadline of a call whose client names none.
    public var deadlineDefault: Duration = .seconds(30)

    /// The longest deadline; a client that asks for more gets this.
    public var deadlineMax: Duration = .seconds(600)

    /// What a refused client is told to wait before it tries again.
    public var retryDelay: Duration = .milliseconds(100)

    /// The defaults.
    public init() {}
}
