// SPDX-License-Identifier: Apache-2.0

package import NIOCore
import ProtobufC

/// A `ttrpc.Request`: where its parts lie in the payload of a Request frame.
///
/// Service, method and payload stay where they are; only metadata is copied.
package struct RequestEnvelope: Sendable, Hashable {
    /// Why a request was not accepted.
    package enum Refusal: Error, Hashable {
        /// The payload is not protobuf, or its metadata is not UTF-8.
        case malformed
        /// Service and method are longer than ``Limits/nameBytesMax``.
        case namesTooLong
        /// More metadata than ``Limits/metadataPairsMax`` or ``Limits/metadataBytesMax``.
        case tooMuchMetadata
    }

    /// Where the name of the service lies.
    package private(set) var service = 0..<0
    /// Where the name of the method lies.
    package private(set) var method = 0..<0
    /// Where the request message lies.
    package private(set) var payload = 0..<0
    /// How long the client waits; 0 for no limit, negative for a deadline that has passed.
    package private(set) var timeoutNanoseconds: Int64 = 0
    /// What the client says beside the request, keys in lower case, its extensions left out.
    package private(set) var metadata = Metadata()
    /// The extensions that the client announces.
    package private(set) var extensions: Extensions = []

    /// Reads a request.
    ///
    /// Unknown fields are skipped; of a field given twice the last counts.
    package init(_ bytes: Span<UInt8>, limits: Limits) throws(Refusal) {
        do throws(DecodeError) {
            try read(bytes, limits: limits)
        } catch {
            throw .malformed
        }
        guard service.count + method.count <= limits.nameBytesMax else {
            throw .namesTooLong
        }
        guard metadataPairs <= limits.metadataPairsMax, metadataBytes <= limits.metadataBytesMax
        else {
            throw .tooMuchMetadata
        }
    }

    private var metadataPairs = 0
    private var metadataBytes = 0

    private mutating func read(
        _ bytes: Span<UInt8>, limits: Limits
    ) throws(DecodeError) {
        var reader = WireReader(bytes)
        while let field = try reader.nextField() {
            switch (field.number, field.wireType) {
            case (1, .lengthDelimited): service = try reader.lengthDelimited()
            case (2, .lengthDelimited): method = try reader.lengthDelimited()
            case (3, .lengthDelimited): payload = try reader.lengthDelimited()
            case (4, .varint): timeoutNanoseconds = Int64(bitPattern: try reader.varint())
            case (5, .lengthDelimited):
                try readPair(bytes, in: reader.lengthDelimited(), limits)
            default: try reader.skip(field.wireType)
            }
        }
    }

    /// Counts every pair, but keeps none past the limit.
    private mutating func readPair(
        _ bytes: Span<UInt8>, in range: Range<Int>, _ limits: Limits
    ) throws(DecodeError) {
        metadataPairs += 1
        // Two tags and two lengths go with the largest pair that is allowed.
        guard metadataPairs <= limits.metadataPairsMax,
            range.count <= limits.metadataBytesMax + 16
        else {
            metadataBytes += range.count
            return
        }
        let pair = try bytes.pair(in: range)
        metadataBytes += pair.key.utf8.count + pair.value.utf8.count
        if pair.key == Extensions.metadataKey {
            extensions = Extensions(announcement: pair.value)
        } else if metadataBytes <= limits.metadataBytesMax {
            metadata.append(key: pair.key, value: pair.value)
        }
    }
}

extension RequestEnvelope {
    /// Bytes of the envelope of a request.
    package static func byteCount(
        _ method: MethodDescriptor, payloadByteCount: Int, timeoutNanoseconds: Int64,
        metadata: Metadata
    ) -> Int {
        var count = FieldSize.delimited(method.service.utf8.count)
        count += FieldSize.delimited(method.name.utf8.count)
        count += FieldSize.delimited(payloadByteCount)
        if timeoutNanoseconds != 0 {
            count += 1 + WireSize.varint(UInt64(bitPattern: timeoutNanoseconds))
        }
        for entry in metadata.entries {
            let pair = pairByteCount(entry)
            count += 1 + WireSize.varint(UInt64(pair)) + pair
        }
        return count
    }

    private static func pairByteCount(_ entry: Metadata.Entry) -> Int {
        FieldSize.delimited(entry.key.utf8.count) + FieldSize.delimited(entry.value.utf8.count)
    }
}

extension ByteBuffer {
    /// Appends a Request frame of a unary call: header, envelope and payload.
    ///
    /// The payload must fit: see
    /// `byteCount(_:payloadByteCount:timeoutNanoseconds:metadata:)`.
    package mutating func writeRequestFrame(
        streamID: UInt32, method: MethodDescriptor, payload: [UInt8],
        timeoutNanoseconds: Int64 = 0, metadata: Metadata = .init(), flags: FrameFlags = []
    ) {
        let count = RequestEnvelope.byteCount(
            method, payloadByteCount: payload.count, timeoutNanoseconds: timeoutNanoseconds,
            metadata: metadata)
        reserveCapacity(minimumWritableBytes: FrameHeader.byteCount + count)
        writeFrameHeader(
            FrameHeader(
                payloadByteCount: UInt32(count), streamID: streamID, type: .request, flags: flags))
        writeStringField(1, method.service)
        writeStringField(2, method.name)
        writeBytesField(3, payload)
        if timeoutNanoseconds != 0 {
            writeVarint(4 << 3)
            writeVarint(UInt64(bitPattern: timeoutNanoseconds))
        }
        for entry in metadata.entries {
            writeVarint(5 << 3 | 2)
            writeVarint(
                UInt64(
                    FieldSize.delimited(entry.key.utf8.count)
                        + FieldSize.delimited(entry.value.utf8.count)))
            writeStringField(1, entry.key)
            writeStringField(2, entry.value)
        }
    }
}
