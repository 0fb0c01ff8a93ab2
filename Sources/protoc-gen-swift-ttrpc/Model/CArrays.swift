// SPDX-License-Identifier: Apache-2.0

/// The elements of a repeated message field of a C struct.
func pointers<CMessage>(
    _ elements: UnsafeMutablePointer<UnsafeMutablePointer<CMessage>?>?, _ count: Int
) -> [UnsafeMutablePointer<CMessage>] {
    UnsafeBufferPointer(start: elements, count: count).compactMap(\.self)
}

/// The elements of a repeated string field of a C struct.
func strings(
    _ elements: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ count: Int
) -> [String] {
    pointers(elements, count).map { String(cString: $0) }
}

/// A string field of a C struct; empty when unset.
func string(_ text: UnsafeMutablePointer<CChar>?) -> String {
    text.map { String(cString: $0) } ?? ""
}
