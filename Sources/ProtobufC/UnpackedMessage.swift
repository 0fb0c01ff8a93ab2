// SPDX-License-Identifier: Apache-2.0

import CProtobufC

/// A C message that libprotobuf-c unpacked, with the memory it lies in, for generated code.
///
/// The order is fixed: scan, which refuses hostile bytes and computes the memory; arena of that
/// size; unpack. Nothing but the arena is taken, so there is nothing else to free on any path.
public struct UnpackedMessage: ~Copyable {
    private let arena: Arena

    /// The C struct; lives as long as this value.
    private let message: UnsafeRawPointer

    /// Scans and unpacks one whole message.
    ///
    /// - Throws: ``DecodeError``, with the path of the offending field where there is one.
    public init(
        _ bytes: Span<UInt8>, as schema: MessageSchema, limits: DecodeLimits
    ) throws(DecodeError) {
        var scan = WireScan(limits: limits)
        try scan.message(bytes, in: 0..<bytes.count, as: schema, depth: 1)
        guard scan.hasDuplicates else {
            try self.init(bytes, as: schema, memory: scan.memory)
            return
        }
        var merge = WireMerge(memoryBytesMax: limits.memoryBytesMax)
        let merged = try merge.message(bytes, as: schema)
        var rescan = WireScan(limits: limits)
        try rescan.message(merged.span, in: 0..<merged.count, as: schema, depth: 1)
        try self.init(merged.span, as: schema, memory: rescan.memory)
    }

    private init(
        _ scanned: Span<UInt8>, as schema: MessageSchema, memory: Int
    ) throws(DecodeError) {
        let arena = Arena(capacity: memory)
        let message = scanned.withUnsafeBufferPointer { bytes in
            arena.withAllocator { allocator in
                protobuf_c_message_unpack(
                    schema.descriptor, allocator, bytes.count, bytes.baseAddress)
            }
        }
        guard let message else { throw DecodeError(.malformed) }
        self.arena = arena
        self.message = UnsafeRawPointer(message)
    }

    /// Calls `body` with the C struct, which must not be kept.
    ///
    /// - Precondition: `type` is the C struct of the schema that the message was unpacked with.
    public borrowing func convert<CMessage, Value>(
        _ type: CMessage.Type, _ body: (UnsafePointer<CMessage>) -> Value
    ) -> Value {
        body(message.assumingMemoryBound(to: CMessage.self))
    }
}
