// SPDX-License-Identifier: Apache-2.0

package import NIOCore
import ProtobufC

/// A `ttrpc.Response`: the outcome of a call.
package enum ResponseEnvelope {
    /// The field of metadata, clear of what the protocol may yet define.
    package static let metadataField = 1_000

    /// What a response holds.
    package struct Contents: Sendable, Hashable {
        /// The message, or the error.
        package var outcome: UnaryOutcome
        /// What the server said beside it.
        package var metadata: Metadata
    }

    /// Reads a response; `nil` if its bytes are malformed.
    ///
    /// An absent status and one with code 0 are success; unknown fields are skipped.
    package static func read(_ bytes: Span<UInt8>) -> Contents? {
        var reader = WireReader(bytes)
        var payload = 0..<0
        var status = RPCError(.ok)
        var metadata = Metadata()
        do throws(DecodeError) {
            while let field = try reader.nextField() {
                switch (field.number, field.wireType) {
                case (1, .lengthDelimited):
                    try readStatus(&status, bytes, in: reader.lengthDelimited())
                case (2, .lengthDelimited): payload = try reader.lengthDelimited()
                case (metadataField, .lengthDelimited):
                    let pair = try bytes.pair(in: reader.lengthDelimited())
                    metadata.append(key: pair.key, value: pair.value)
                default: try reader.skip(field.wireType)
                }
            }
        } catch {
            return nil
        }
        let outcome: UnaryOutcome =
            status.code == .ok ? .success(bytes.copy(of: payload)) : .failure(status)
        return Contents(outcome: outcome, metadata: metadata)
    }

    private static func readStatus(
        _ status: inout RPCError, _ bytes: Span<UInt8>, in range: Range<Int>
    ) throws(DecodeError) {
        var reader = WireReader(bytes, in: range)
        while let field = try reader.nextField() {
            switch (field.number, field.wireType) {
            case (1, .varint):
                status.code = StatusCode(rawValue: Int32(truncatingIfNeeded: try reader.varint()))
            case (2, .lengthDelimited): status.message = try reader.string()
            case (3, .lengthDelimited):
                status.details.append(try readDetail(bytes, in: reader.lengthDelimited()))
            default: try reader.skip(field.wireType)
            }
        }
    }

    private static func readDetail(
        _ bytes: Span<UInt8>, in range: Range<Int>
    ) throws(DecodeError) -> AnyDetail {
        var reader = WireReader(bytes, in: range)
        var detail = AnyDetail(typeURL: "", value: [])
        while let field = try reader.nextField() {
            switch (field.number, field.wireType) {
            case (1, .lengthDelimited): detail.typeURL = try reader.string()
            case (2, .lengthDelimited): detail.value = try reader.byteArray()
            default: try reader.skip(field.wireType)
            }
        }
        return detail
    }

    /// The metadata fields of a response, as bytes.
    static func pairs(_ metadata: Metadata) -> [UInt8] {
        var writer = WireWriter(capacity: 64)
        for entry in metadata.entries {
            writer.message(metadataField) { pair in
                pair.string(1, entry.key)
                pair.string(2, entry.value)
            }
        }
        return writer.finish()
    }

    /// The bytes of a `google.rpc.Status`.
    static func status(_ error: RPCError) -> [UInt8] {
        var writer = WireWriter(capacity: 128)
        writer.varint(1, UInt64(bitPattern: Int64(error.code.rawValue)))
        writer.string(2, error.message)
        for detail in error.details {
            writer.message(3) { nested in
                nested.string(1, detail.typeURL)
                nested.bytes(2, detail.value)
            }
        }
        return writer.finish()
    }
}

extension ByteBuffer {
    /// Appends a Response frame: header, envelope and payload or status, never both.
    ///
    /// A success leaves the status out, so an empty response is an empty payload. An outcome
    /// that would be larger than `payloadBytesMax` is replaced by RESOURCE_EXHAUSTED.
    ///
    /// - Returns: the code that was written.
    @discardableResult
    package mutating func writeResponseFrame(
        streamID: UInt32, _ outcome: UnaryOutcome, metadata: Metadata = .init(),
        payloadBytesMax: Int
    ) -> StatusCode {
        let field: UInt64
        let body: [UInt8]
        let code: StatusCode
        switch outcome {
        case .success(let bytes):
            (field, body, code) = (2, bytes, .ok)
        case .failure(let error):
            (field, body, code) = (1, ResponseEnvelope.status(error), error.code)
        }
        let pairs = metadata.isEmpty ? [] : ResponseEnvelope.pairs(metadata)
        let count = FieldSize.delimited(body.count) + pairs.count
        guard count <= payloadBytesMax else {
            return writeResponseFrame(
                streamID: streamID, .failure(.replyTooLarge), payloadBytesMax: 4 << 20)
        }
        reserveCapacity(minimumWritableBytes: FrameHeader.byteCount + count)
        writeFrameHeader(
            FrameHeader(payloadByteCount: UInt32(count), streamID: streamID, type: .response))
        writeBytesField(field, body)
        writeBytes(pairs)
        return code
    }
}
