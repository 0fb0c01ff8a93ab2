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

    /// Connections beyond those that stay open for their first call, to be told so.
    public var refusedConnectionsMax = 64

    /// Calls of all peers whose handlers have not finished.
    public var callsMax = 4_096

    /// Calls of one connection whose handlers have not finished; a client queues beyond it.
    public var callsPerConnectionMax = 128

    /// Calls of one user whose handlers have not finished.
    public var callsPerUserMax = 1_024

    /// Streams of all peers.
    public var streamsMax = 1_024

    /// Streams of one user; they count as calls too.
    public var streamsPerUserMax = 256

    /// Bytes waiting for or from all peers.
    public var queuedBytesMax = 128 << 20

    /// Reply bytes waiting for one connection's peer to read; a reply beyond it becomes an error.
    public var queuedBytesPerConnectionMax = 8 << 20

    /// Bytes of replies waiting for one user to read them, and of its streams' items waiting for
    /// their handlers.
    public var queuedBytesPerUserMax = 32 << 20

    /// Reply bytes waiting for one connection's peer above which nothing more is read from it.
    public var queuedBytesBeforeReadingStops = 1 << 20

    /// Reply bytes waiting for one connection's peer above which its streams send nothing more, so
    /// that they leave room for the calls beside them.
    public var queuedBytesBeforeStreamsWait = 256 << 10

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

    /// The longest deadline of a stream, and that of one whose client names none.
    ///
    /// A watch lives longer than a call; ttrpc-go sends no deadline with a stream.
    public var streamDeadlineMax: Duration = .seconds(86_400)

    /// What a refused client is told to wait before it tries again.
    public var retryDelay: Duration = .milliseconds(100)

    /// The defaults.
    public init() {}
}
