// SPDX-License-Identifier: Apache-2.0

/// The protocol that a server's side of a service conforms to.
struct HandlerEmitter {
    let types: TypeTable

    func emit(_ service: ProtoService, _ code: inout CodeBuffer) {
        let handler = "\(service.name)Handler"
        code.documentation(service.comment)
        if service.comment.isEmpty { code.line("/// The server's side of `\(service.fullName)`.") }
        code.line("///")
        code.line("/// A method that a conforming type leaves out answers UNIMPLEMENTED.")
        code.block("public protocol \(handler): Sendable") { code in
            for (index, method) in service.methods.enumerated() {
                if index > 0 { code.line() }
                code.documentation(method.comment)
                code.line("func \(signature(method))")
            }
        }
        code.line()
        code.block("extension \(handler)") { code in
            for method in service.methods {
                code.line("/// Answers UNIMPLEMENTED.")
                code.block("public func \(signature(method))") { code in
                    let error =
                        "TTRPC.RPCError(.unimplemented, \"\(service.fullName)/\(method.name)\")"
                    code.line(isUnary(method) ? "reply.fail(\(error))" : "throw \(error)")
                }
                code.line()
            }
            code.line("/// Adds every method of the service to `registry`.")
            code.block("public func register(in registry: inout TTRPC.ServiceRegistry)") { code in
                for method in service.methods { register(method, of: service, &code) }
            }
        }
    }

    private func isUnary(_ method: ProtoMethod) -> Bool {
        !method.streamsRequests && !method.streamsResponses
    }

    private func signature(_ method: ProtoMethod) -> String {
        let parameters = parameters(method).map { "_ \($0.name): \($0.type)" }
        return "\(SwiftName.function(method.name))(\(parameters.joined(separator: ", ")))"
            + effects(method)
    }

    private func effects(_ method: ProtoMethod) -> String {
        if isUnary(method) { return "" }
        let result = method.streamsResponses ? "" : " -> \(types.swiftName(method.output))"
        return " async throws(TTRPC.RPCError)" + result
    }

    private func parameters(_ method: ProtoMethod) -> [(name: String, type: String)] {
        let input = types.swiftName(method.input)
        let output = types.swiftName(method.output)
        var parameters =
            method.streamsRequests
            ? [("requests", "TTRPC.MessageStream<\(input)>")] : [("request", input)]
        parameters.append(("call", "TTRPC.ServerCall"))
        if method.streamsResponses {
            parameters.append(("responses", "TTRPC.ResponseWriter<\(output)>"))
        } else if isUnary(method) {
            parameters.append(("reply", "TTRPC.UnaryReply<\(output)>"))
        }
        return parameters
    }

    private func register(
        _ method: ProtoMethod, of service: ProtoService, _ code: inout CodeBuffer
    ) {
        let adder =
            switch (method.streamsRequests, method.streamsResponses) {
            case (false, false): "addUnary"
            case (false, true): "addServerStreaming"
            case (true, false): "addClientStreaming"
            case (true, true): "addBidirectionalStreaming"
            }
        let name = SwiftName.function(method.name)
        let parameters = parameters(method)
        let declared = parameters.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
        let passed = parameters.map(\.name).joined(separator: ", ")
        code.line("registry.\(adder)(\(service.name)Method.\(name)) {")
        code.indented { code in
            code.line("(\(declared))\(effects(method)) in")
            code.line("\(isUnary(method) ? "" : "try await ")self.\(name)(\(passed))")
        }
        code.line("}")
    }
}
