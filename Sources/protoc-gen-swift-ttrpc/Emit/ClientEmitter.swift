// SPDX-License-Identifier: Apache-2.0

/// The caller's side of a service.
struct ClientEmitter {
    let types: TypeTable

    func emit(_ service: ProtoService, _ code: inout CodeBuffer) {
        code.line("/// Calls to `\(service.fullName)`.")
        code.block("public struct \(service.name)Client: Sendable") { code in
            code.line("private let client: any TTRPC.RPCClient")
            code.line()
            code.line("/// Makes its calls through `client`.")
            code.block("public init(_ client: any TTRPC.RPCClient)") {
                $0.line("self.client = client")
            }
            // The client has no streams yet.
            for method in service.methods
            where !method.streamsRequests && !method.streamsResponses {
                code.line()
                emit(method, of: service, &code)
            }
        }
    }

    private func emit(_ method: ProtoMethod, of service: ProtoService, _ code: inout CodeBuffer) {
        let name = SwiftName.function(method.name)
        code.documentation(method.comment)
        code.line("public func \(name)(")
        code.indented {
            $0.line(
                "_ request: \(types.swiftName(method.input)), "
                    + "options: TTRPC.CallOptions = .init()")
        }
        code.block(") async throws(TTRPC.RPCError) -> \(types.swiftName(method.output))") { code in
            if method.isIdempotent {
                code.line("var options = options")
                code.line("options.isIdempotent = true")
                code.line("return", call: service, name)
            } else {
                code.line("", call: service, name)
            }
        }
    }
}

extension CodeBuffer {
    fileprivate mutating func line(_ prefix: String, call service: ProtoService, _ name: String) {
        let method = "\(service.name)Method.\(name)"
        let call = "try await client.unary(\(method), request, options: options)"
        line(prefix.isEmpty ? call : prefix + " " + call)
    }
}
