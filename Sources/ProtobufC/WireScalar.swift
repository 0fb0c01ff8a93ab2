// SPDX-License-Identifier: Apache-2.0

/// A proto scalar type: how one value of it lies on the wire, tag and all lengths left out.
///
/// Strings, bytes and messages are not scalars here: they carry a length and are never packed.
public protocol WireScalar {
    /// The Swift type that holds a value.
    associatedtype Value

    /// The layout in an unpacked field.
    static var wireType: WireType { get }

    /// Appends the value.
    static func write(_ value: Value, to writer: inout WireWriter)
}

/// A scalar that is written as a varint of some bits.
public protocol WireVarint: WireScalar {
    /// The bits to write.
    static func bits(_ value: Value) -> UInt64
}

extension WireVarint {
    /// The layout in an unpacked field.
    @inlinable public static var wireType: WireType { .varint }
    /// Appends the value.
    @inlinable public static func write(_ value: Value, to writer: inout WireWriter) {
        writer.writeVarint(bits(value))
    }
}

/// proto `int32`; a negative number takes ten bytes.
public enum WireInt32: WireVarint {
    /// Holds a value.
    public typealias Value = Int32
    /// The bits to write.
    @inlinable public static func bits(_ value: Int32) -> UInt64 {
        UInt64(bitPattern: Int64(value))
    }
}

/// proto `int64`.
public enum WireInt64: WireVarint {
    /// Holds a value.
    public typealias Value = Int64
    /// The bits to write.
    @inlinable public static func bits(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) }
}

/// proto `uint32`.
public enum WireUInt32: WireVarint {
    /// Holds a value.
    public typealias Value = UInt32
    /// The bits to write.
    @inlinable public static func bits(_ value: UInt32) -> UInt64 { UInt64(value) }
}

/// proto `uint64`.
public enum WireUInt64: WireVarint {
    /// Holds a value.
    public typealias Value = UInt64
    /// The bits to write.
    @inlinable public static func bits(_ value: UInt64) -> UInt64 { value }
}

/// proto `sint32`: zigzag, so that small negative numbers stay short.
public enum WireSInt32: WireVarint {
    /// Holds a value.
    public typealias Value = Int32
    /// The bits to write.
    @inlinable public static func bits(_ value: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: (value << 1) ^ (value >> 31)))
    }
}

/// proto `sint64`: zigzag.
public enum WireSInt64: WireVarint {
    /// Holds a value.
    public typealias Value = Int64
    /// The bits to write.
    @inlinable public static func bits(_ value: Int64) -> UInt64 {
        UInt64(bitPattern: (value << 1) ^ (value >> 63))
    }
}

/// proto `bool`.
public enum WireBool: WireVarint {
    /// Holds a value.
    public typealias Value = Bool
    /// The bits to write.
    @inlinable public static func bits(_ value: Bool) -> UInt64 { value ? 1 : 0 }
}

/// A proto enum: written as an `int32`.
public enum WireEnum<Enumeration: ProtoEnum>: WireVarint {
    /// Holds a value.
    public typealias Value = Enumeration
    /// The bits to write.
    @inlinable public static func bits(_ value: Enumeration) -> UInt64 {
        UInt64(bitPattern: Int64(value.rawValue))
    }
}

/// proto `fixed32`.
public enum WireFixed32: WireScalar {
    /// Holds a value.
    public typealias Value = UInt32
    /// The layout in an unpacked field.
    @inlinable public static var wireType: WireType { .fixed32 }
    /// Appends the value.
    @inlinable public static func write(_ value: UInt32, to writer: inout WireWriter) {
        writer.writeFixed32(value)
    }
}

/// proto `fixed64`.
public enum WireFixed64: WireScalar {
    /// Holds a value.
    public typealias Value = UInt64
    /// The layout in an unpacked field.
    @inlinable public static var wireType: WireType { .fixed64 }
    /// Appends the value.
    @inlinable public static func write(_ value: UInt64, to writer: inout WireWriter) {
        writer.writeFixed64(value)
    }
}

/// proto `sfixed32`.
public enum WireSFixed32: WireScalar {
    /// Holds a value.
    public typealias Value = Int32
    /// The layout in an unpacked field.
    @inlinable public static var wireType: WireType { .fixed32 }
    /// Appends the value.
    @inlinable public static func write(_ value: Int32, to writer: inout WireWriter) {
        writer.writeFixed32(UInt32(bitPattern: value))
    }
}

/// proto `sfixed64`.
public enum WireSFixed64: WireScalar {
    /// Holds a value.
    public typealias Value = Int64
    /// The layout in an unpacked field.
    @inlinable public static var wireType: WireType { .fixed64 }
    /// Appends the value.
    @inlinable public static func write(_ value: Int64, to writer: inout WireWriter) {
        writer.writeFixed64(UInt64(bitPattern: value))
    }
}

/// proto `float`.
public enum WireFloat: WireScalar {
    /// Holds a value.
    public typealias Value = Float
    /// The layout in an unpacked field.
    @inlinable public static var wireType: WireType { .fixed32 }
    /// Appends the value.
    @inlinable public static func write(_ value: Float, to writer: inout WireWriter) {
        writer.writeFixed32(value.bitPattern)
    }
}

/// proto `double`.
public enum WireDouble: WireScalar {
    /// Holds a value.
    public typealias Value = Double
    /// The layout in an unpacked field.
    @inlinable public static var wireType: WireType { .fixed64 }
    /// Appends the value.
    @inlinable public static func write(_ value: Double, to writer: inout WireWriter) {
        writer.writeFixed64(value.bitPattern)
    }
}
