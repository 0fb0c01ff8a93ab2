// SPDX-License-Identifier: Apache-2.0

import ProtoJSON

/// Services and methods for eyes and for programs.
enum ContractTables {
    /// All services, each with the first line of its comment.
    static func services(_ contract: Contract) -> [String] {
        var table = TextTable(.text("SERVICE"), .text("WHAT IT IS"))
        for (name, comment) in comments(contract) {
            table.add(DisplayText.line(name), comment.map(summary) ?? "- no descriptor")
        }
        return table.lines
    }

    /// All services, as JSON.
    static func servicesJSON(_ contract: Contract) -> JSONValue {
        .object([
            JSONMember("origin", .string(contract.origin.rawValue)),
            JSONMember(
                "services",
                .array(
                    comments(contract).map { name, comment in
                        .object([
                            JSONMember("name", .string(name)),
                            JSONMember("comment", .string(comment ?? "")),
                        ])
                    })),
        ])
    }

    /// The methods of a service, each with the first line of its comment.
    static func methods(_ service: Service) -> [String] {
        var table = TextTable(.text("METHOD"), .text("KIND"), .text("WHAT IT DOES"))
        for method in service.methods {
            table.add(
                DisplayText.line(method.fullName), kind(method), summary(method.comment))
        }
        return table.lines
    }

    /// The methods of a service, as JSON.
    static func methodsJSON(_ service: Service) -> JSONValue {
        .object([
            JSONMember("service", .string(service.name)),
            JSONMember(
                "methods",
                .array(
                    service.methods.map { method in
                        .object([
                            JSONMember("name", .string(method.fullName)),
                            JSONMember("kind", .string(kind(method))),
                            JSONMember("input", .string(method.input)),
                            JSONMember("output", .string(method.output)),
                            JSONMember("comment", .string(method.comment)),
                        ])
                    })),
        ])
    }

    /// A declaration, as JSON.
    static func symbolJSON(_ symbol: Symbol, _ schema: Schema) -> JSONValue {
        .object([
            JSONMember("name", .string(symbol.name)),
            JSONMember(
                "proto",
                .string(ProtoText.lines(of: symbol, in: schema).joined(separator: "\n"))),
        ])
    }

    /// The names of the services with their comments; no comment where there is no descriptor.
    private static func comments(_ contract: Contract) -> [(name: String, comment: String?)] {
        contract.services.map { name in
            (name, contract.schema.services.first { $0.name == name }?.comment)
        }
    }

    private static func kind(_ method: Method) -> String {
        switch (method.isClientStreaming, method.isServerStreaming) {
        case (false, false): "unary"
        case (false, true): "server stream"
        case (true, false): "client stream"
        case (true, true): "bidi stream"
        }
    }

    private static func summary(_ comment: String) -> String {
        DisplayText.line(comment.split(separator: "\n").first.map(String.init) ?? "")
    }
}
