// SPDX-License-Identifier: Apache-2.0

import CProtobufC

// Proof: the pointer leads to a C constant in the program's read-only data, which nobody writes or
// frees, so any thread may read it at any time.

/// The table that protoc-c generated for a message: numbers, kinds, labels and names of its
/// fields, the tables of its submessages, and the sizes that unpacking takes.
///
/// The scan and libprotobuf-c read the same table, so they cannot disagree about a field.
public struct MessageSchema: @unchecked Sendable {
    let descriptor: UnsafePointer<ProtobufCMessageDescriptor>

    /// The schema that a C message carries once `initialize` was called on it.
    ///
    /// - Parameters:
    ///   - type: the C struct of the message; its first member is `ProtobufCMessage`.
    ///   - initialize: protoc-c's `…__init` of that struct.
    public init<CMessage>(
        _ type: CMessage.Type, _ initialize: (UnsafeMutablePointer<CMessage>) -> Void
    ) {
        let message = UnsafeMutablePointer<CMessage>.allocate(capacity: 1)
        defer { message.deallocate() }
        initialize(message)
        self.init(UnsafeRawPointer(message).load(as: ProtobufCMessage.self).descriptor)
    }

    init(_ descriptor: UnsafePointer<ProtobufCMessageDescriptor>) {
        self.descriptor = descriptor
    }

    var fieldCount: Int { Int(descriptor.pointee.n_fields) }

    /// Index of a field among those of the message, or nil for a number the schema does not name.
    ///
    /// The `hint` is where to look first: fields mostly come in the order of their numbers.
    @inline(__always)
    func fieldIndex(_ number: Int, near hint: Int) -> Int? {
        guard let fields = descriptor.pointee.fields else { return nil }
        let count = fieldCount
        if hint < count, fields[hint].id == number { return hint }
        if hint + 1 < count, fields[hint + 1].id == number { return hint + 1 }
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let id = Int(fields[middle].id)
            if id == number { return middle }
            if id < number { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    @inline(__always)
    func field(_ index: Int) -> SchemaField {
        SchemaField(pointer: descriptor.pointee.fields + index)
    }
}

/// One row of a ``MessageSchema``.
struct SchemaField {
    let pointer: UnsafePointer<ProtobufCFieldDescriptor>

    var name: String { String(cString: pointer.pointee.name) }
    var number: Int { Int(pointer.pointee.id) }
    var type: ProtobufCType { pointer.pointee.type }
    var isMessage: Bool { type == PROTOBUF_C_TYPE_MESSAGE }
    var isRepeated: Bool { pointer.pointee.label == PROTOBUF_C_LABEL_REPEATED }

    /// Tells the oneofs of a message apart; nil for a field outside of any.
    var oneof: UInt32? {
        let isMember = pointer.pointee.flags & UInt32(PROTOBUF_C_FIELD_FLAG_ONEOF.rawValue) != 0
        return isMember ? pointer.pointee.quantifier_offset : nil
    }

    /// The schema of a message field's content.
    var message: MessageSchema {
        MessageSchema(
            pointer.pointee.descriptor.assumingMemoryBound(to: ProtobufCMessageDescriptor.self))
    }

    /// The layout of one value, unpacked.
    var wireType: WireType {
        switch type {
        case PROTOBUF_C_TYPE_SFIXED32, PROTOBUF_C_TYPE_FIXED32, PROTOBUF_C_TYPE_FLOAT: .fixed32
        case PROTOBUF_C_TYPE_SFIXED64, PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_DOUBLE: .fixed64
        case PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_MESSAGE:
            .lengthDelimited
        default: .varint
        }
    }

    /// Bytes of one element in the C array of a repeated field.
    var elementSize: Int {
        switch type {
        case PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_MESSAGE: MemoryLayout<UnsafeRawPointer>.size
        case PROTOBUF_C_TYPE_BYTES: MemoryLayout<ProtobufCBinaryData>.size
        case PROTOBUF_C_TYPE_INT64, PROTOBUF_C_TYPE_SINT64, PROTOBUF_C_TYPE_UINT64,
            PROTOBUF_C_TYPE_SFIXED64, PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_DOUBLE:
            8
        default: 4
        }
    }
}
