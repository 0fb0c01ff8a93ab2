// SPDX-License-Identifier: Apache-2.0

import ProtobufC

/// The values of one message by field, after the wire's rules of merging: the last scalar wins,
/// repeated messages of a single field are one, setting a member of a `oneof` clears the others.
struct FieldSlots {
    /// For each of the type's fields, in order: all elements of a repeated one, otherwise at
    /// most one value.
    private(set) var values: [[WireValue]]

    init(_ bytes: ArraySlice<UInt8>, type: MessageType) throws(ProtoJSONError) {
        values = Array(repeating: [], count: type.fields.count)
        var cursor = WireCursor(bytes)
        do throws(DecodeError) {
            while let wire = try cursor.next() {
                guard let index = type.index(ofNumber: wire.number) else { continue }
                try add(wire.value, at: index, of: type)
            }
        } catch {
            throw .malformed
        }
    }

    private mutating func add(
        _ value: WireValue, at index: Int, of type: MessageType
    ) throws(DecodeError) {
        let field = type.fields[index]
        if field.isRepeated, case .bytes(let bytes) = value, let kind = field.kind.packedAs {
            values[index] += try kind.unpack(bytes)
            return
        }
        guard field.kind.fits(value) else { throw DecodeError(.malformed) }
        if field.isRepeated {
            values[index].append(value)
            return
        }
        if let oneof = field.oneof {
            for other in type.fields.indices
            where other != index && type.fields[other].oneof == oneof {
                values[other] = []
            }
        }
        if case .message = field.kind, case .bytes(var whole)? = values[index].popLast(),
            case .bytes(let more) = value
        {
            // Parsing the concatenation of two messages is what merging them means.
            whole += more
            values[index] = [.bytes(whole)]
        } else {
            values[index] = [value]
        }
    }
}

extension Field.Kind {
    /// Whether a single value of this kind is laid out like `value`.
    ///
    /// Other decoders take a layout that does not fit for an unknown field; here, as at the
    /// server, it makes the message malformed: nobody writes it by accident.
    fileprivate func fits(_ value: WireValue) -> Bool {
        let layout: WireType =
            switch self {
            case .scalar(let kind): kind.layout
            case .enumeration: .varint
            case .message: .lengthDelimited
            }
        return switch value {
        case .varint: layout == .varint
        case .fixed64: layout == .fixed64
        case .fixed32: layout == .fixed32
        case .bytes: layout == .lengthDelimited
        }
    }

    /// The scalar type that elements of a packed field are written as; nil if never packed.
    fileprivate var packedAs: ScalarKind? {
        switch self {
        case .scalar(.string), .scalar(.bytes), .message: nil
        case .scalar(let kind): kind
        case .enumeration: .int32
        }
    }
}
