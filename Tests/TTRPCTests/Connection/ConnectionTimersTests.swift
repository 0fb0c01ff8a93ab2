// SPDX-License-Identifier: Apache-2.0

import TTRPC
import Testing

@Suite struct ConnectionTimersTests {
    private let start = ContinuousClock.now

    private func at(_ seconds: Double) -> ContinuousClock.Instant {
        start.advanced(by: .seconds(seconds))
    }

    @Test func `a connection without a first frame is too slow after 5 seconds`() {
        let timers = ConnectionTimers(limits: Limits(), now: start)
        #expect(!timers.isPeerTooSlow(now: at(4.999)))
        #expect(timers.isPeerTooSlow(now: at(5)))
        #expect(timers.next == at(5))
    }

    @Test func `after its first frame a connection may be idle for ever`() {
        var timers = ConnectionTimers(limits: Limits(), now: start)
        timers.received(completedFrame: true, isInsideFrame: false, now: { at(1) })
        #expect(timers.next == nil)
        #expect(!timers.isPeerTooSlow(now: at(1e6)))
    }

    @Test func `a started frame has 10 seconds, however its bytes trickle`() {
        var timers = ConnectionTimers(limits: Limits(), now: start)
        timers.received(completedFrame: true, isInsideFrame: true, now: { at(1) })
        for second in 2..<10 {
            timers.received(
                completedFrame: false, isInsideFrame: true, now: { at(Double(second)) })
        }
        #expect(!timers.isPeerTooSlow(now: at(10.999)))
        #expect(timers.isPeerTooSlow(now: at(11)))
        timers.received(completedFrame: true, isInsideFrame: true, now: { at(10.5) })
        #expect(timers.next == at(20.5))
    }

    @Test func `a trickling first frame is held to the first frame's time`() {
        var timers = ConnectionTimers(limits: Limits(), now: start)
        timers.received(completedFrame: false, isInsideFrame: true, now: { at(1) })
        #expect(timers.next == at(5))
    }

    @Test func `a peer that reads nothing for 10 seconds is too slow, one that reads is not`() {
        var timers = ConnectionTimers(limits: Limits(), now: start)
        timers.received(completedFrame: true, isInsideFrame: false, now: { start })
        timers.wrote(writtenBytes: 100, queuedBytes: 50, now: { at(1) })
        timers.wrote(writtenBytes: 200, queuedBytes: 150, now: { at(5) })
        #expect(timers.isPeerTooSlow(now: at(11)))
        timers.wrote(writtenBytes: 200, queuedBytes: 149, now: { at(10) })
        #expect(!timers.isPeerTooSlow(now: at(19.9)))
        #expect(timers.isPeerTooSlow(now: at(20)))
        timers.wrote(writtenBytes: 200, queuedBytes: 0, now: { at(12) })
        #expect(timers.next == nil)
    }
}
