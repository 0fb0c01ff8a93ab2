// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// A `ttrpc.Response`: the outcome of a call.
package enum ResponseEnvelope {
    /// Reads a response; `nil` if its bytes are malformed.
    ///
    /// An absent status and one with code 0 are success; unknown fields are skipped.
    package static func read(_ bytes: Span<UInt8>) -> UnaryOutcome? {
        var cursor = FieldCursor(bytes.indices)
        var payload = 0..<0
        var status = RPCError(.ok)
        do throws(MalformedField) {
            while let field = try cursor.next(bytes) {
                switch field.number {
                case 1: try readStatus(&status, cursor.nested(field, bytes), bytes)
                case 2: payload = try cursor.range(field, bytes)
                default: try cursor.skip(field, bytes)
                }
            }
        } catch {
            return nil
        }
        guard status.code == .ok else {
            return .failure(status)
        }
        return .success(bytes.copy(of: payload))
    }

    private static func readStatus(
        _ status: inout RPCError, _ nested: FieldCursor, _ bytes: Span<UInt8>
    ) throws(MalformedField) {
        var cursor = nested
        while let field = try cursor.next(bytes) {
            switch field.number {
            case 1:
                let value = try cursor.varint(field, bytes)
                status.code = StatusCode(rawValue: Int32(truncatingIfNeeded: value))
            case 2: status.message = try cursor.string(field, bytes)
            case 3: status.details.append(try readDetail(cursor.nested(field, bytes), bytes))
            default: try cursor.skip(field, bytes)
            }
        }
    }

    private static func readDetail(
        _ nested: FieldCursor, _ bytes: Span<UInt8>
    ) throws(MalformedField) -> AnyDetail {
        var cursor = nested
        var detail = AnyDetail(typeURL: "", value: [])
        while let field = try cursor.next(bytes) {
            switch field.number {
            case 1: detail.typeURL = try cursor.string(field, bytes)
            case 2: detail.value = bytes.copy(of: try cursor.range(field, bytes))
            default: try cursor.skip(field, bytes)
            }
        }
        return detail
    }

    /// The bytes of a `google.rpc.Status`.
    static func status(_ error: RPCError) -> [UInt8] {
        var writer = FieldWriter()
        writer.varint(1, UInt64(bitPattern: Int64(error.code.rawValue)))
        writer.string(2, error.message)
        for detail in error.details {
            writer.message(3) { nested in
                nested.string(1, detail.typeURL)
                nested.bytes(2, detail.value)
            }
        }
        return writer.bytes
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
        streamID: UInt32, _ outcome: UnaryOutcome, payloadBytesMax: Int
    ) -> StatusCode {
        let field: UInt64
        let body: [UInt8]
        let code: StatusCode
        switch outcome {
        case .success(let bytes): (field, body, code) = (2, bytes, .ok)
        case .failure(let error): (field, body, code) = (1, ResponseEnvelope.status(error), error.code)
        }
        let count = FieldSize.delimited(body.count)
        guard count <= payloadBytesMax else {
            return writeResponseFrame(
                streamID: streamID, .failure(.replyTooLarge), payloadBytesMax: 4 << 20)
        }
        reserveCapacity(minimumWritableBytes: FrameHeader.byteCount + count)
        writeFrameHeader(
            FrameHeader(payloadByteCount: UInt32(count), streamID: streamID, type: .response))
        writeBytesField(field, body)
        return code
    }
}
