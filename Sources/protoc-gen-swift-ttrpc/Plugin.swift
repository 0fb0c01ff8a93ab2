// SPDX-License-Identifier: Apache-2.0

import CProtocPlugin

/// A protoc plugin: descriptors in on standard input, Swift out on standard output.
///
/// What it makes stands beside protoc-c's structs for the same files: value types, their decoding
/// and encoding, service protocols, client stubs, and the descriptors themselves.
@main
struct Plugin {
    static func main() throws {
        let request = try StandardStreams.readAll()
        let outcome = Result { () throws(PluginError) in try generate(request) }
        try StandardStreams.writeAll(Response.encode(outcome))
    }

    static func generate(_ bytes: [UInt8]) throws(PluginError) -> [GeneratedFile] {
        let request = google__protobuf__compiler__code_generator_request__unpack(
            nil, bytes.count, bytes)
        guard let request else { throw PluginError("protoc's request is malformed") }
        let options = try PluginOptions(request.pointee.parameter.map { String(cString: $0) } ?? "")
        let chosen = Set(
            strings(request.pointee.file_to_generate, request.pointee.n_file_to_generate))
        let descriptors = pointers(request.pointee.proto_file, request.pointee.n_proto_file)

        var files: [ProtoFile] = []
        for descriptor in descriptors {
            files.append(try ProtoFile(descriptor))
        }
        let types = try TypeTable(files)
        let wanted = files.filter { chosen.contains($0.name) }
        try Check.all(wanted, types)

        var output = wanted.compactMap { FileEmitter(options: options, types: types).emit($0) }
        output.append(
            DescriptorsEmitter(name: options.descriptorsName).emit(descriptors, detailed: chosen))
        return output
    }
}
