// SPDX-License-Identifier: Apache-2.0

public import CProtobufC

/// Reads the fields of C messages, for generated code.
public enum CFields {
    /// A string; C holds it without NUL inside and already checked as UTF-8.
    public static func string(_ text: UnsafePointer<CChar>?) -> String {
        guard let text else { return "" }
        return String(cString: text)
    }

    /// A bytes field.
    public static func bytes(_ data: ProtobufCBinaryData) -> [UInt8] {
        [UInt8](UnsafeBufferPointer(start: data.data, count: data.len))
    }

    /// The elements of a repeated field that C holds as they are.
    public static func array<Element>(
        _ elements: UnsafePointer<Element>?, _ count: Int
    ) -> [Element] {
        [Element](UnsafeBufferPointer(start: elements, count: count))
    }

    /// The elements of a repeated field, each converted.
    @inlinable
    public static func array<Source, Element>(
        _ elements: UnsafePointer<Source>?, _ count: Int, _ convert: (Source) -> Element
    ) -> [Element] {
        var result: [Element] = []
        result.reserveCapacity(count)
        for element in UnsafeBufferPointer(start: elements, count: count) {
            result.append(convert(element))
        }
        return result
    }

    /// The elements of a repeated message field, each converted.
    @inlinable
    public static func messages<CMessage, Element>(
        _ elements: UnsafePointer<UnsafeMutablePointer<CMessage>?>?, _ count: Int,
        _ convert: (UnsafePointer<CMessage>) -> Element
    ) -> [Element] {
        var result: [Element] = []
        result.reserveCapacity(count)
        for element in UnsafeBufferPointer(start: elements, count: count) {
            if let element { result.append(convert(element)) }
        }
        return result
    }

    /// A message field; nil when it was not on the wire.
    @inlinable
    public static func message<CMessage, Value>(
        _ message: UnsafePointer<CMessage>?, _ convert: (UnsafePointer<CMessage>) -> Value
    ) -> Value? {
        guard let message else { return nil }
        return convert(message)
    }
}
