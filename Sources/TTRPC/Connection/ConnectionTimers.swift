// SPDX-License-Identifier: Apache-2.0

/// How long a peer may be slow, without a clock: instants in, a verdict out.
package struct ConnectionTimers {
    private let limits: Limits
    private var firstFrameBy: ContinuousClock.Instant?
    private var frameBy: ContinuousClock.Instant?
    private var readBy: ContinuousClock.Instant?
    private var drainedBytes = 0

    /// The timers of a connection made at `now`.
    package init(limits: Limits, now: ContinuousClock.Instant) {
        self.limits = limits
        firstFrameBy = now.advanced(by: limits.firstFrame)
    }

    /// Bytes were received.
    ///
    /// - Parameters:
    ///   - completedFrame: whether a frame has ended among them.
    ///   - isInsideFrame: whether a frame has begun that has not ended.
    ///   - now: asked for only when it matters.
    package mutating func received(
        completedFrame: Bool, isInsideFrame: Bool, now: () -> ContinuousClock.Instant
    ) {
        if completedFrame {
            firstFrameBy = nil
            frameBy = nil
        }
        if !isInsideFrame {
            frameBy = nil
        } else if frameBy == nil {
            frameBy = now().advanced(by: limits.startedFrame)
        }
    }

    /// The peer will send nothing more, so no frame is awaited.
    package mutating func inputClosed() {
        firstFrameBy = nil
        frameBy = nil
    }

    /// Reply bytes were written, or read by the peer.
    ///
    /// - Parameters:
    ///   - writtenBytes: all that were ever written.
    ///   - queuedBytes: those that still wait for the peer.
    ///   - now: asked for only when it matters.
    package mutating func wrote(
        writtenBytes: Int, queuedBytes: Int, now: () -> ContinuousClock.Instant
    ) {
        let drained = writtenBytes - queuedBytes
        guard queuedBytes > 0 else {
            readBy = nil
            drainedBytes = drained
            return
        }
        if readBy == nil || drained > drainedBytes {
            readBy = now().advanced(by: limits.writeStall)
        }
        drainedBytes = drained
    }

    /// When to look again; `nil` if nothing is awaited.
    package var next: ContinuousClock.Instant? {
        // As after nearly every frame.
        if firstFrameBy == nil, frameBy == nil, readBy == nil {
            return nil
        }
        var next = firstFrameBy
        for instant in [frameBy, readBy] {
            if let instant {
                next = min(next ?? instant, instant)
            }
        }
        return next
    }

    /// Whether the peer was too slow, so that the connection is to be closed.
    package func isPeerTooSlow(now: ContinuousClock.Instant) -> Bool {
        next.map { $0 <= now } ?? false
    }
}
