// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Counts calls by method and status, and how long they took.
public final class CallStatistics: ServerInterceptor {
    /// The calls of one method.
    public struct Method: Sendable, Hashable {
        /// Calls that have ended, by status.
        public var ended: [StatusCode: Int] = [:]

        /// Calls that have ended by how long they took: below 2 to the power of the index, in
        /// microseconds; the last counts all that took longer.
        public var durations = [Int](repeating: 0, count: CallStatistics.durationBucketCount)

        /// All of their durations together.
        public var totalDuration = Duration.zero
    }

    /// Buckets of ``Method/durations``; the last begins at 2 to the power of 22, about 4 s.
    public static let durationBucketCount = 24

    private let methods = Mutex<[MethodDescriptor: Method]>([:])

    /// Counts at 0.
    public init() {}

    /// The counts so far.
    public var snapshot: [MethodDescriptor: Method] {
        methods.withLock { $0 }
    }

    /// Counts nothing yet.
    public func callBegan(_ call: ServerCall) {}

    /// Counts a call that has ended, those that were refused included.
    public func callEnded(_ call: ServerCall, status: StatusCode, duration: Duration) {
        let microseconds = max(0, Int(duration / .microseconds(1)))
        let bucket = Int.bitWidth - microseconds.leadingZeroBitCount
        methods.withLock { methods in
            var method = methods[call.method] ?? Method()
            method.ended[status, default: 0] += 1
            method.durations[min(bucket, Self.durationBucketCount - 1)] += 1
            method.totalDuration += duration
            methods[call.method] = method
        }
    }
}
