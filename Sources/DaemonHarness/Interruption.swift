// SPDX-License-Identifier: Apache-2.0

import UnixSignals

/// A person ended the program from the terminal, or a service manager did.
public struct Interruption: Error, Sendable, Hashable {
    /// The exit code by which a shell knows it: 128 + SIGINT.
    public static let exitCode: Int32 = 130

    /// Runs work that SIGINT and SIGTERM cancel instead of killing the process.
    ///
    /// The work then ends in order, and what it holds goes with it: daemons are ended, temporary
    /// directories removed.
    ///
    /// - Parameter work: has to end soon after its task is cancelled.
    /// - Throws: `Interruption` when a signal came, else what the work throws.
    public static func ends(_ work: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
            group.addTask {
                for await _ in signals { throw Interruption() }
            }
            group.addTask { try await work() }
            // The first to end decides: the other is cancelled, and waited for.
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
