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
            for method in service.methods {
                code.line()
                code.documentation(method.comment)
                emit(method, of: service, &code)
            }
        }
    }

    private func emit(_ method: ProtoMethod, of service: ProtoService, _ code: inout CodeBuffer) {
        let name = SwiftName.function(method.name)
        let input = types.swiftName(method.input)
        let output = types.swiftName(method.output)
        let descriptor = "\(service.name)Method.\(name)"
        let options = "options: TTRPC.CallOptions = .init()"
        let effects = "async throws(TTRPC.RPCError) ->"
        switch (method.streamsRequests, method.streamsResponses) {
        case (false, let isStream):
            let result = isStream ? "TTRPC.MessageStream<\(output)>" : output
            let call = isStream ? "serverStreaming" : "unary"
            code.line("public func \(name)(")
            code.indented { $0.line("_ request: \(input), \(options)") }
            code.block(") \(effects) \(result)") { code in
                let call = "try await client.\(call)(\(descriptor), request, options: options)"
                if method.isIdempotent {
                    code.line("var options = options")
                    code.line("options.isIdempotent = true")
                    code.line("return \(call)")
                } else {
                    code.line(call)
                }
            }
        case (true, false):
            code.line("public func \(name)(")
            code.indented { code in
                code.line("\(options),")
                code.line(
                    "_ send: (TTRPC.RequestWriter<\(input)>) async throws(TTRPC.RPCError) -> Void")
            }
            code.block(") \(effects) \(output)") {
                $0.line(
                    "try await client.clientStreaming(\(descriptor), options: options, send)")
            }
        case (true, true):
            code.line("public func \(name)<Result>(")
            code.indented { code in
                code.line("\(options),")
                code.line("_ body: (")
                code.indented {
                    $0.line(
                        "TTRPC.RequestWriter<\(input)>, TTRPC.MessageStream<\(output)>")
                }
                code.line(") async throws(TTRPC.RPCError) -> Result")
            }
            code.block(") \(effects) Result") {
                $0.line(
                    "try await client.bidirectionalStreaming(\(descriptor), options: options, body)"
                )
            }
        }
    }
}
