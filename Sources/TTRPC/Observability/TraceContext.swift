// SPDX-License-Identifier: Apache-2.0

/// Where a call stands in a trace: the `traceparent` of W3C Trace Context, level 1.
///
/// It travels in the metadata of requests. A program that serves a call and makes others passes
/// it on by making them with ``current`` set to a ``child(spanID:)``.
public struct TraceContext: Sendable, Hashable, CustomStringConvertible {
    /// The metadata key that carries it.
    public static let metadataKey = "traceparent"

    /// The context that calls made by this task belong to.
    @TaskLocal public static var current: TraceContext?

    /// The whole trace; 32 hexadecimal digits in lower case, not all 0.
    public let traceID: String

    /// The span that the call was made in; 16 hexadecimal digits in lower case, not all 0.
    public let spanID: String

    /// Whether the caller records the trace.
    public let isSampled: Bool

    /// Makes a context.
    ///
    /// - Returns: `nil` unless the ids are of the form described above.
    public init?(traceID: String, spanID: String, isSampled: Bool) {
        guard Self.isID(traceID, digits: 32), Self.isID(spanID, digits: 16) else {
            return nil
        }
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
    }

    /// Reads the value of a `traceparent`; `nil` if it is not one.
    ///
    /// As W3C asks, a version above 0 may have more fields, which are ignored, and version `ff`
    /// is none.
    public init?(traceparent: String) {
        let fields = traceparent.split(separator: "-", omittingEmptySubsequences: false)
        guard fields.count >= 4, Self.isHexadecimal(fields[0], digits: 2), fields[0] != "ff",
            fields[0] != "00" || fields.count == 4, Self.isHexadecimal(fields[3], digits: 2),
            let flags = UInt8(fields[3], radix: 16)
        else {
            return nil
        }
        self.init(
            traceID: String(fields[1]), spanID: String(fields[2]), isSampled: flags & 1 == 1)
    }

    /// The context that a call's client sent, if it did.
    public init?(_ metadata: Metadata) {
        guard let value = metadata.first(for: Self.metadataKey) else {
            return nil
        }
        self.init(traceparent: value)
    }

    /// The same trace, from a further span; `nil` unless the id is of the form described above.
    public func child(spanID: String) -> TraceContext? {
        TraceContext(traceID: traceID, spanID: spanID, isSampled: isSampled)
    }

    /// The value of a `traceparent`, version 0.
    public var description: String {
        "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")"
    }

    private static func isID(_ text: String, digits: Int) -> Bool {
        isHexadecimal(text, digits: digits) && text.contains { $0 != "0" }
    }

    private static func isHexadecimal(_ text: some StringProtocol, digits: Int) -> Bool {
        text.utf8.count == digits
            && text.utf8.allSatisfy {
                ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
                    || ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "f"))
            }
    }
}
