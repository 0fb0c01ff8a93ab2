// SPDX-License-Identifier: Apache-2.0

import CDaemonHarness
import Glibc
import Synchronization

/// A process of ours that runs or has ended.
///
/// It is reaped exactly once, whoever asks first, and no signal is sent after that: the kernel may
/// have given its number to somebody else.
final class ChildProcess: Sendable {
    private enum State {
        case running
        case ended(exitCode: Int32)
    }

    let program: String
    let processID: Int64
    private let state = Mutex(State.running)

    init(program: String, processID: Int64) {
        self.program = program
        self.processID = processID
    }

    deinit {
        signal(SIGKILL)
        while exitCode() == nil { usleep(1_000) }
    }

    /// Its exit code, 128 + the signal that ended it, or nil while it runs.
    func exitCode() -> Int32? {
        state.withLock { state in
            if case .ended(let code) = state { return code }
            var code: Int32 = 0
            // An error means that nobody can reap it any more: it is gone, we do not know how.
            switch harness_process_ended(processID, &code) {
            case 0: return nil
            case 1: break
            default: code = -1
            }
            state = .ended(exitCode: code)
            return code
        }
    }

    /// Sends a signal, if the process is still there.
    func signal(_ number: Int32) {
        state.withLock { state in
            if case .running = state { kill(pid_t(processID), number) }
        }
    }

    /// Waits for its end.
    ///
    /// - Parameter patience: how long; nil = for ever.
    /// - Returns: the exit code as in ``exitCode()``.
    /// - Throws: `HarnessError.notEnding`.
    func ended(within patience: Duration?) async throws(HarnessError) -> Int32 {
        let giveUp = patience.map { ContinuousClock.now.advanced(by: $0) }
        while true {
            if let code = exitCode() { return code }
            if let giveUp, ContinuousClock.now > giveUp { throw .notEnding(program: program) }
            try? await Task.sleep(for: .milliseconds(1))
        }
    }
}
