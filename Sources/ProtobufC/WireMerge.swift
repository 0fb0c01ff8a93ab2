// SPDX-License-Identifier: Apache-2.0

/// Rewrites a message in which a submessage came in several parts, so that it comes in one.
///
/// Protobuf defines that parts of one message field are merged, which is the same as decoding
/// their bytes one after the other. libprotobuf-c's own merge loses proto3 scalars of the earlier
/// part and refuses parts with an unset oneof, so it never gets to see several parts. No encoder
/// of today writes them; this way is right, not fast.
struct WireMerge {
    /// Bytes that may still be copied.
    private var memoryLeft: Int

    init(memoryBytesMax: Int) {
        memoryLeft = memoryBytesMax
    }

    /// The same message, each singular message field in one part, on every level; `bytes` are
    /// such as a ``WireScan`` accepted.
    mutating func message(
        _ bytes: Span<UInt8>, as schema: MessageSchema
    ) throws(DecodeError) -> [UInt8] {
        // Once for the parts kept back and once for the output.
        memoryLeft -= 2 * bytes.count
        guard memoryLeft >= 0 else { throw DecodeError(.memoryExceeded) }
        var output = WireWriter(capacity: bytes.count)
        var parts: [Int: [UInt8]] = [:]
        var reader = WireReader(bytes)
        var start = 0
        while let field = try reader.nextField() {
            defer { start = reader.offset }
            let index = schema.fieldIndex(field.number, near: 0)
            let row = index.map(schema.field)
            if let oneof = row?.oneof {
                // A member of a oneof puts the other members out.
                for other in parts.keys
                where other != index && schema.field(other).oneof == oneof {
                    parts[other] = nil
                }
            }
            guard let index, let row, row.isMessage else {
                try reader.skip(field.wireType)
                output.append(bytes.extracting(start..<reader.offset))
                continue
            }
            let content = bytes.extracting(try reader.lengthDelimited())
            if row.isRepeated {
                output.writeBytes(try message(content, as: row.message), field: field.number)
            } else {
                content.withUnsafeBufferPointer { parts[index, default: []] += $0 }
            }
        }
        for (index, content) in parts.sorted(by: { $0.key < $1.key }) {
            let row = schema.field(index)
            output.writeBytes(try message(content.span, as: row.message), field: row.number)
        }
        return output.finish()
    }
}

extension WireWriter {
    fileprivate mutating func append(_ span: Span<UInt8>) {
        span.withUnsafeBufferPointer { append($0) }
    }
}
