// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// A thread of its own for a connection whose commits wait for the disk.
///
/// A thread of a shared pool must not block on a sync; this one may.
public final class ConnectionThread: Sendable {
    private let thread: Mutex<pthread_t?>

    /// Starts the thread; it runs until the body returns.
    public init(body: @escaping @Sendable () -> Void) {
        let start = Unmanaged.passRetained(Start(body: body))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                start.body()
                return nil
            }, start.toOpaque())
        precondition(code == 0, "pthread_create")
        self.thread = Mutex(thread)
    }

    /// Waits until the body has returned; a second call returns at once.
    public func join() {
        guard let thread = thread.withLock({ $0.take() }) else { return }
        pthread_join(thread, nil)
    }

    private final class Start {
        let body: @Sendable () -> Void

        init(body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }
}
