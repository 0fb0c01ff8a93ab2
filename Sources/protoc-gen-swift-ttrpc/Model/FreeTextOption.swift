// SPDX-License-Identifier: Apache-2.0

import CProtobufC
import CProtocPlugin

/// The field option `(ttrpc.free_text)`.
///
/// It is an extension, of which descriptor.proto knows nothing: libprotobuf-c keeps it among the
/// unknown fields of the options.
enum FreeTextOption {
    private static let number: UInt32 = 50501

    static func isSet(_ options: UnsafeMutablePointer<Google__Protobuf__FieldOptions>) -> Bool {
        let base = options.pointee.base
        let unknown = UnsafeBufferPointer(
            start: base.unknown_fields, count: Int(base.n_unknown_fields))
        let option = unknown.last {
            $0.tag == number && $0.wire_type == PROTOBUF_C_WIRE_TYPE_VARINT
        }
        guard let option, option.len > 0, let data = option.data else { return false }
        return data[0] != 0
    }
}
