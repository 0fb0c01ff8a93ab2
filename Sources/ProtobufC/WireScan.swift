// SPDX-License-Identifier: Apache-2.0

import CProtobufC

/// One pass over wire bytes that decides, before any memory is taken for the message, whether
/// libprotobuf-c may unpack them, and how much memory it will take.
///
/// libprotobuf-c checks neither UTF-8 nor NUL nor nesting nor memory, so everything that is not
/// checked here is not checked at all. The memory is not an estimate: it is the sum of the sizes
/// that `protobuf_c_message_unpack` asks its allocator for, each rounded up as ``Arena`` does.
struct WireScan: ~Copyable {
    let limits: DecodeLimits

    /// Bytes that unpacking takes.
    private(set) var memory = 0

    /// Whether a message field that is not repeated came twice in one message.
    private(set) var hasDuplicates = false

    /// Elements seen per field, one run of counters for each message on the way down.
    private var counters: [UInt32] = []

    init(limits: DecodeLimits) {
        self.limits = limits
        counters.reserveCapacity(64)
    }

    /// Scans the message that fills `range`; `depth` is 1 for the outermost.
    mutating func message(
        _ bytes: Span<UInt8>, in range: Range<Int>, as schema: MessageSchema, depth: Int
    ) throws(DecodeError) {
        guard depth <= min(limits.depthMax, DecodeLimits.depthCeiling) else {
            throw DecodeError(.tooDeep)
        }
        let fieldCount = schema.fieldCount
        try charge(schema.descriptor.pointee.sizeof_message)
        // A bitmap of the required fields, on the C stack up to 16 bytes.
        if fieldCount > 128 { try charge((fieldCount + 7) / 8) }

        let base = counters.count
        for _ in 0..<fieldCount { counters.append(0) }
        defer { counters.removeLast(fieldCount) }

        var reader = WireReader(bytes, in: range)
        var members = 0
        var unknown = 0
        var hint = 0
        while let field = try reader.nextField() {
            members += 1
            guard let index = schema.fieldIndex(field.number, near: hint) else {
                let start = reader.offset
                try reader.skip(field.wireType)
                try charge(reader.offset - start)
                unknown += 1
                continue
            }
            hint = index
            let row = schema.field(index)
            do throws(DecodeError) {
                try content(
                    bytes, &reader, wireType: field.wireType, of: row, counter: base + index,
                    depth: depth)
            } catch {
                throw error.inside(row.name)
            }
        }
        try chargeSlabs(members)
        if unknown > 0 { try charge(unknown * MemoryLayout<ProtobufCMessageUnknownField>.stride) }
        try chargeArrays(schema, counters: base)
    }

    @inline(__always)
    private mutating func content(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, wireType: WireType, of row: SchemaField,
        counter: Int, depth: Int
    ) throws(DecodeError) {
        let expected = row.wireType
        guard wireType == expected else {
            guard row.isRepeated, wireType == .lengthDelimited else {
                throw DecodeError(.malformed)
            }
            return try packed(bytes, &reader, of: expected, row, counter: counter)
        }
        if row.isRepeated {
            try count(1, counter)
        }
        guard expected == .lengthDelimited else { return try reader.skip(expected) }
        let range = try reader.lengthDelimited()
        switch row.type {
        case PROTOBUF_C_TYPE_STRING:
            if let fault = textFault(in: bytes.extracting(range)) { throw DecodeError(fault) }
            try charge(range.count + 1)
        case PROTOBUF_C_TYPE_BYTES:
            try charge(range.count)
        default:
            if !row.isRepeated {
                counters[counter] += 1
                if counters[counter] > 1 { hasDuplicates = true }
            }
            try message(bytes, in: range, as: row.message, depth: depth + 1)
        }
    }

    private mutating func packed(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, of wireType: WireType,
        _ row: SchemaField, counter: Int
    ) throws(DecodeError) {
        let range = try reader.lengthDelimited()
        switch wireType {
        case .fixed32, .fixed64:
            let size = wireType == .fixed32 ? 4 : 8
            guard range.count % size == 0 else { throw DecodeError(.malformed) }
            try count(range.count / size, counter)
        case .varint, .lengthDelimited:
            var elements = WireReader(bytes, in: range)
            var number = 0
            while elements.offset < range.upperBound {
                _ = try elements.varint()
                number += 1
            }
            // libprotobuf-c takes an element for each byte of packed bools.
            try count(row.type == PROTOBUF_C_TYPE_BOOL ? range.count : number, counter)
        }
    }

    private mutating func count(_ elements: Int, _ counter: Int) throws(DecodeError) {
        let total = Int(counters[counter]) + elements
        guard total <= limits.repeatedCountMax, let narrow = UInt32(exactly: total) else {
            throw DecodeError(.tooManyElements)
        }
        counters[counter] = narrow
    }

    @inline(__always)
    private mutating func charge(_ size: Int) throws(DecodeError) {
        memory += Arena.rounded(size)
        guard memory <= limits.memoryBytesMax else { throw DecodeError(.memoryExceeded) }
    }

    /// The fields found in a message are listed in slabs: 16 on the C stack, then 32, then 64.
    private mutating func chargeSlabs(_ members: Int) throws(DecodeError) {
        var room = 16
        var slab = 16
        while members > room {
            slab *= 2
            room += slab
            try charge(slab * 32)
        }
    }

    private mutating func chargeArrays(_ schema: MessageSchema, counters base: Int)
        throws(DecodeError)
    {
        for index in 0..<schema.fieldCount where counters[base + index] > 0 {
            let row = schema.field(index)
            guard row.isRepeated else { continue }
            try charge(Int(counters[base + index]) * row.elementSize)
        }
    }
}

extension DecodeError {
    /// The same refusal seen from the message around `field`.
    func inside(_ field: String) -> DecodeError {
        DecodeError(reason, field: self.field.isEmpty ? field : joinFieldPath(field, self.field))
    }
}
