// SPDX-License-Identifier: Apache-2.0

/// The names and shapes of a service's methods.
struct MethodsEmitter {
    func emit(_ service: ProtoService, _ code: inout CodeBuffer) {
        code.line("/// The methods of `\(service.fullName)`.")
        code.block("public enum \(service.name)Method") { code in
            for method in service.methods {
                code.documentation(method.comment)
                let name = SwiftName.function(method.name)
                code.line("public static let \(name) = TTRPC.MethodDescriptor(")
                code.indented {
                    $0.line(
                        "service: \"\(service.fullName)\", name: \"\(method.name)\", "
                            + "kind: .\(kind(method)))")
                }
                code.line()
            }
            code.line("/// All of them, in the order of the contract.")
            code.line("public static let all: [TTRPC.MethodDescriptor] = [")
            code.indented { code in
                for method in service.methods {
                    code.line("\(SwiftName.function(method.name)),")
                }
            }
            code.line("]")
        }
    }

    private func kind(_ method: ProtoMethod) -> String {
        switch (method.streamsRequests, method.streamsResponses) {
        case (false, false): "unary"
        case (false, true): "serverStreaming"
        case (true, false): "clientStreaming"
        case (true, true): "bidirectionalStreaming"
        }
    }
}
