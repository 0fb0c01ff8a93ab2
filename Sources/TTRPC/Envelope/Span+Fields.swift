// SPDX-License-Identifier: Apache-2.0

import ProtobufC

extension Span where Element == UInt8 {
    /// The bytes in `range`, copied.
    func copy(of range: Range<Int>) -> [UInt8] {
        [UInt8](capacity: range.count) { output in
            for index in range {
                output.append(self[index])
            }
        }
    }

    /// The message of two strings in `range`: an entry of a map, or a pair of metadata.
    func pair(in range: Range<Int>) throws(DecodeError) -> (key: String, value: String) {
        var reader = WireReader(self, in: range)
        var pair = (key: "", value: "")
        while let field = try reader.nextField() {
            switch (field.number, field.wireType) {
            case (1, .lengthDelimited): pair.key = try reader.string()
            case (2, .lengthDelimited): pair.value = try reader.string()
            default: try reader.skip(field.wireType)
            }
        }
        return pair
    }
}
