// SPDX-License-Identifier: Apache-2.0

public import Logging

/// Writes a line for each call that has ended, with its trace.
///
/// A call that failed by the server's own fault is logged as an error, every other one as
/// `debug`. Nothing of its request or response is written, and no metadata but the trace.
public struct CallLog: ServerInterceptor {
    private let logger: Logger

    /// Makes a log.
    public init(_ logger: Logger) {
        self.logger = logger
    }

    /// Notes nothing.
    public func callBegan(_ call: ServerCall) {}

    /// Writes the line.
    public func callEnded(_ call: ServerCall, status: StatusCode, duration: Duration) {
        let level: Logger.Level = Self.isServersFault(status) ? .error : .debug
        guard logger.logLevel <= level else {
            return
        }
        var metadata: Logger.Metadata = [
            "rpc.method": "\(call.method.fullName)", "rpc.status": "\(status)",
            "rpc.duration_us": "\(duration / .microseconds(1))", "peer.uid": "\(call.peer.uid)",
        ]
        if let trace = TraceContext(call.metadata) {
            metadata["trace.id"] = "\(trace.traceID)"
            metadata["trace.span"] = "\(trace.spanID)"
        }
        logger.log(level: level, "A call has ended.", metadata: metadata)
    }

    private static func isServersFault(_ status: StatusCode) -> Bool {
        [.unknown, .internal, .dataLoss].contains(status)
    }
}
