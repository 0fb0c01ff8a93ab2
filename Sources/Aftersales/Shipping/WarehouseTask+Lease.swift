// SPDX-License-Identifier: Apache-2.0

extension WarehouseTask {
    /// Whether a worker may take it now: it waits, or the lease of another ran out.
    public func isLeasable(at now: Instant) -> Bool {
        switch state {
        case .open: true
        case .leased: leasedUntil.map { $0 <= now } ?? true
        case .done, .moot: false
        }
    }

    /// The task as leased; nil when another holds it or it has ended.
    ///
    /// `seconds` is within ``OrderLimits/leaseSeconds``, else `LEASE_LENGTH`.
    public func leased(
        token: Int64, seconds: Int64, now: Instant
    ) throws(Rejection) -> WarehouseTask? {
        guard OrderLimits.leaseSeconds.contains(seconds) else {
            throw .leaseLength(field: "lease_seconds")
        }
        guard isLeasable(at: now) else { return nil }
        var task = self
        task.state = .leased
        task.leaseToken = token
        task.leasedUntil = Instant(microseconds: now.microseconds + seconds * 1_000_000)
        return task
    }

    /// Refuses whoever does not hold the latest lease.
    ///
    /// A lease that ran out still counts until the task is leased again: what the warehouse did is
    /// a fact, and nobody else has been asked yet.
    func requireLease(_ token: Int64) throws(Rejection) {
        guard state != .open, leaseToken == token else { throw .leaseLost }
    }
}
