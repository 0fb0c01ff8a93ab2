// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Runs tasks on an event loop, so that streaming handlers stay on their connection's lane.
final class LaneExecutor: TaskExecutor {
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
