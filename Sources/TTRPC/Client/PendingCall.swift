// SPDX-License-Identifier: Apache-2.0

/// An attempt that somebody awaits.
struct PendingCall: Sendable {
    /// What it is cancelled by; unique within the transport.
    let token: UInt64
    let call: OutgoingCall
    let continuation: CheckedContinuation<AttemptOutcome, Never>

    func finish(_ outcome: AttemptOutcome) {
        continuation.resume(returning: outcome)
    }
}
