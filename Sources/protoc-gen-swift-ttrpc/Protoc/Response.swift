// SPDX-License-Identifier: Apache-2.0

import CProtobufC
import CProtocPlugin

/// The answer to protoc.
enum Response {
    /// The bytes of a response with files, or with an error.
    ///
    /// The C structs live until the program ends, which is right after this.
    static func encode(_ outcome: Result<[GeneratedFile], PluginError>) -> [UInt8] {
        let response = made(google__protobuf__compiler__code_generator_response__init)
        switch outcome {
        case .failure(let error):
            response.pointee.error = cString(error.message)
        case .success(let files):
            let list = UnsafeMutablePointer<
                UnsafeMutablePointer<Google__Protobuf__Compiler__CodeGeneratorResponse__File>?
            >.allocate(capacity: files.count)
            for (index, file) in files.enumerated() {
                let entry = made(google__protobuf__compiler__code_generator_response__file__init)
                entry.pointee.name = cString(file.name)
                entry.pointee.content = cString(file.content)
                (list + index).initialize(to: entry)
            }
            response.pointee.n_file = files.count
            response.pointee.file = list
        }
        return packed(UnsafePointer(response))
    }

    private static func made<CMessage>(
        _ initialize: (UnsafeMutablePointer<CMessage>?) -> Void
    ) -> UnsafeMutablePointer<CMessage> {
        let message = UnsafeMutablePointer<CMessage>.allocate(capacity: 1)
        initialize(message)
        return message
    }

    private static func cString(_ text: String) -> UnsafeMutablePointer<CChar> {
        let bytes = text.utf8CString
        let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
        for (index, byte) in bytes.enumerated() { (copy + index).initialize(to: byte) }
        return copy
    }
}

/// The wire bytes of a C message.
func packed<CMessage>(_ message: UnsafePointer<CMessage>) -> [UInt8] {
    let base = UnsafeRawPointer(message).assumingMemoryBound(to: ProtobufCMessage.self)
    let size = protobuf_c_message_get_packed_size(base)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        count = protobuf_c_message_pack(base, buffer.baseAddress)
    }
}
