// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Runs tasks on an event loop: streaming handlers on their connection's lane, and callers that
/// spare the way from their client's loop to the thread pool.
final class EventLoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute {
            // Proof: the closure holds the executor while the job runs, so that the unowned
            // reference to it is good.
            unsafe job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }
}
