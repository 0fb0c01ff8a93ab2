// SPDX-License-Identifier: Apache-2.0

import CProtocPlugin

/// A service.
struct ProtoService {
    let name: String
    let fullName: String
    let comment: [String]
    let methods: [ProtoMethod]

    init(
        _ service: UnsafeMutablePointer<Google__Protobuf__ServiceDescriptorProto>, _ scope: Scope,
        at place: [Int32]
    ) {
        name = string(service.pointee.name)
        fullName = scope.fullName(name)
        comment = scope.comments.lines(at: place)
        methods = pointers(service.pointee.method, service.pointee.n_method).enumerated().map {
            ProtoMethod($1, comment: scope.comments.lines(at: place + [2, Int32($0)]))
        }
    }
}

/// A method of a service.
struct ProtoMethod {
    let name: String
    let comment: [String]
    /// Full proto names.
    let input: String
    let output: String
    let streamsRequests: Bool
    let streamsResponses: Bool
    /// Whether the proto says that running it twice does no harm (`idempotency_level`).
    let isIdempotent: Bool

    init(
        _ method: UnsafeMutablePointer<Google__Protobuf__MethodDescriptorProto>, comment: [String]
    ) {
        name = string(method.pointee.name)
        self.comment = comment
        input = String(string(method.pointee.input_type).drop { $0 == "." })
        output = String(string(method.pointee.output_type).drop { $0 == "." })
        streamsRequests = method.pointee.client_streaming != 0
        streamsResponses = method.pointee.server_streaming != 0
        let options = method.pointee.options
        isIdempotent = options.map { $0.pointee.idempotency_level.rawValue != 0 } ?? false
    }
}
