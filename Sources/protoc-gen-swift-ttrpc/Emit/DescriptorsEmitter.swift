// SPDX-License-Identifier: Apache-2.0

import CProtocPlugin

/// The descriptors themselves, as bytes.
struct DescriptorsEmitter {
    let name: String

    /// One file with all of `files`, which have imports before their importers; the comments are
    /// kept of those named in `detailed`.
    func emit(
        _ files: [UnsafeMutablePointer<Google__Protobuf__FileDescriptorProto>],
        detailed: Set<String>
    ) -> GeneratedFile {
        var code = CodeBuffer()
        FileEmitter.header(&code, source: "all files")
        code.line("import ProtobufC")
        code.line()
        code.line("/// The descriptors of the contract and of all that it imports.")
        code.block("public enum \(name)") { code in
            code.documentation([
                "Each file as the bytes of a `google.protobuf.FileDescriptorProto`.", "",
                "Comments are included; imports come before their importers.",
            ])
            code.line("public static let files: [[UInt8]] = [")
            code.indented { code in
                for index in files.indices {
                    code.line("ProtobufC.EmbeddedBytes.decode(file\(index)),")
                }
            }
            code.line("]")
            for (index, file) in files.enumerated() {
                let fileName = string(file.pointee.name)
                if !detailed.contains(fileName) { file.pointee.source_code_info = nil }
                code.line()
                code.line("// \(fileName)")
                code.line("private static let file\(index): StaticString = \"\"\"")
                code.indented { code in
                    for line in Base64.lines(packed(UnsafePointer(file))) { code.line(line) }
                    code.line("\"\"\"")
                }
            }
        }
        return GeneratedFile(name: "\(name).swift", content: code.text)
    }
}
