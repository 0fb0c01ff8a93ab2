// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// One timer per connection, for all of its deadlines.
///
/// It rings at the earliest instant it was ever set to and is set anew from there, so a call that
/// ends in time costs no timer: most are answered long before the alarm next rings.
struct ConnectionAlarm {
    private var instant: ContinuousClock.Instant?
    private var scheduled: Scheduled<Void>?

    /// Whether it rings at `instant` or before as it is.
    func covers(_ instant: ContinuousClock.Instant) -> Bool {
        guard let earlier = self.instant else {
            return false
        }
        return earlier <= instant
    }

    /// Rings at `instant`, unless it rings before.
    mutating func set(
        _ instant: ContinuousClock.Instant, now: @autoclosure () -> ContinuousClock.Instant,
        _ eventLoop: NIOIsolatedEventLoop, _ ring: @escaping () -> Void
    ) {
        guard !covers(instant) else {
            return
        }
        scheduled?.cancel()
        self.instant = instant
        scheduled = eventLoop.scheduleTask(in: TimeAmount(now().duration(to: instant)), ring)
    }

    /// It has rung.
    mutating func rang() {
        instant = nil
        scheduled = nil
    }

    /// Never rings again unless it is set.
    mutating func cancel() {
        scheduled?.cancel()
        rang()
    }
}
