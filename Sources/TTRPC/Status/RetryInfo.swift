// SPDX-License-Identifier: Apache-2.0

import ProtobufC

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
        var reader = WireReader(encoded)
        var delay = Duration.zero
        do throws(DecodeError) {
            while let field = try reader.nextField() {
                guard field.number == 1, field.wireType == .lengthDelimited else {
                    try reader.skip(field.wireType)
                    continue
                }
                delay = try Self.duration(encoded, in: reader.lengthDelimited())
            }
        } catch {
            return nil
        }
        self.init(delay: delay)
    }

    private static func duration(
        _ bytes: Span<UInt8>, in range: Range<Int>
    ) throws(DecodeError) -> Duration {
        var reader = WireReader(bytes, in: range)
        var seconds: Int64 = 0
        var nanoseconds: Int32 = 0
        while let field = try reader.nextField() {
            switch (field.number, field.wireType) {
            case (1, .varint): seconds = Int64(bitPattern: try reader.varint())
            case (2, .varint): nanoseconds = Int32(truncatingIfNeeded: try reader.varint())
            default: try reader.skip(field.wireType)
            }
        }
        return .seconds(seconds) + .nanoseconds(Int64(nanoseconds))
    }

    /// The message's bytes, deterministic.
    public func encoded() -> [UInt8] {
        let (seconds, attoseconds) = delay.components
        var writer = WireWriter(capacity: 64)
        writer.message(1) { nested in
            nested.varint(1, UInt64(bitPattern: seconds))
            nested.varint(2, UInt64(bitPattern: attoseconds / 1_000_000_000))
        }
        return writer.finish()
    }
}
