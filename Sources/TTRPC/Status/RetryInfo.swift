// SPDX-License-Identifier: Apache-2.0

/// When to try again: google.rpc.RetryInfo.
///
/// A client waits exactly this long before its next attempt. A negative delay asks it not to try.
public struct RetryInfo: StatusDetail {
    /// How long to wait.
    public var delay: Duration

    /// Makes the detail.
    public init(delay: Duration) {
        self.delay = delay
    }

    /// `type.googleapis.com/google.rpc.RetryInfo`.
    public static var typeURL: String { "type.googleapis.com/google.rpc.RetryInfo" }

    /// Reads the message's bytes; `nil` if they are malformed.
    public init?(encoded: Span<UInt8>) {
        var cursor = FieldCursor(encoded.indices)
        var delay = Duration.zero
        do {
            while let field = try cursor.next(encoded) {
                guard field.number == 1 else {
                    try cursor.skip(field, encoded)
                    continue
                }
                var nested = try cursor.nested(field, encoded)
                delay = try Self.duration(&nested, encoded)
            }
        } catch {
            return nil
        }
        self.init(delay: delay)
    }

    private static func duration(
        _ cursor: inout FieldCursor, _ bytes: Span<UInt8>
    ) throws(MalformedField) -> Duration {
        var seconds: Int64 = 0
        var nanoseconds: Int32 = 0
        while let field = try cursor.next(bytes) {
            switch field.number {
            case 1: seconds = Int64(bitPattern: try cursor.varint(field, bytes))
            case 2: nanoseconds = Int32(truncatingIfNeeded: try cursor.varint(field, bytes))
            default: try cursor.skip(field, bytes)
            }
        }
        return .seconds(seconds) + .nanoseconds(Int64(nanoseconds))
    }

    /// The message's bytes, deterministic.
    public func encoded() -> [UInt8] {
        let (seconds, attoseconds) = delay.components
        var writer = FieldWriter()
        writer.message(1) { nested in
            nested.varint(1, UInt64(bitPattern: seconds))
            nested.varint(2, UInt64(bitPattern: attoseconds / 1_000_000_000))
        }
        return writer.bytes
    }
}
