// SPDX-License-Identifier: Apache-2.0

extension Duration {
    /// The length in nanoseconds, rounded towards zero; at most what 64 bits hold.
    var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, tooLarge) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        guard !overflow, !tooLarge else {
            return seconds < 0 ? .min : .max
        }
        return sum
    }
}
