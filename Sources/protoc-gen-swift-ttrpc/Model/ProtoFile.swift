// SPDX-License-Identifier: Apache-2.0

import CProtocPlugin

/// A proto file as the emitters see it.
struct ProtoFile {
    let name: String
    let package: String
    let isProto3: Bool
    let comment: [String]
    let messages: [ProtoMessage]
    let enums: [ProtoEnumeration]
    let services: [ProtoService]

    init(_ file: UnsafeMutablePointer<Google__Protobuf__FileDescriptorProto>) throws(PluginError) {
        let comments = Comments(file.pointee.source_code_info)
        name = string(file.pointee.name)
        package = string(file.pointee.package)
        isProto3 = string(file.pointee.syntax) == "proto3"
        comment = comments.lines(at: [12])
        let scope = Scope(package: package, path: [], comments: comments, isProto3: isProto3)
        var messages: [ProtoMessage] = []
        for (index, message) in pointers(file.pointee.message_type, file.pointee.n_message_type)
            .enumerated()
        {
            messages.append(try ProtoMessage(message, scope, at: [4, Int32(index)]))
        }
        self.messages = messages
        enums = pointers(file.pointee.enum_type, file.pointee.n_enum_type).enumerated().map {
            ProtoEnumeration($1, scope, at: [5, Int32($0)])
        }
        services = pointers(file.pointee.service, file.pointee.n_service).enumerated().map {
            ProtoService($1, scope, at: [6, Int32($0)])
        }
    }

    /// All messages of the file, an outer one before those nested in it.
    var allMessages: [ProtoMessage] {
        messages.flatMap(\.withNested)
    }
}

/// Where a declaration stands.
struct Scope {
    let package: String
    /// Names of the messages around it, outermost first.
    let path: [String]
    let comments: Comments
    let isProto3: Bool

    func inside(_ message: String) -> Scope {
        Scope(package: package, path: path + [message], comments: comments, isProto3: isProto3)
    }

    /// The full proto name of what is declared here as `name`.
    func fullName(_ name: String) -> String {
        ((package.isEmpty ? [] : [package]) + path + [name]).joined(separator: ".")
    }
}
