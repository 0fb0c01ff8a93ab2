// SPDX-License-Identifier: Apache-2.0

import ProtoJSON

/// What the embedded contract says of its methods.
enum ContractText {
    /// All methods, each with the first line of its comment.
    static func methods(_ schema: Schema) -> [String] {
        var table = TextTable(.text("METHOD"), .text("WHAT IT DOES"))
        for method in schema.services.flatMap(\.methods) {
            let name = method.service.split(separator: ".").last.map(String.init) ?? ""
            let summary = method.comment.split(separator: "\n").first.map(String.init) ?? ""
            table.add("\(name)/\(method.name)", summary)
        }
        return table.lines
    }

    /// The comment of a method, and the fields of its request.
    static func description(of method: Method, _ schema: Schema) -> [String] {
        var lines = [method.fullName, ""]
        lines += method.comment.split(separator: "\n").map { "  " + $0 }
        guard let request = schema.message(named: method.input) else { return lines }
        lines += ["", "Request, as JSON:"]
        for field in request.fields {
            lines.append("  \(field.jsonName): \(kind(field))")
            lines += field.comment.split(separator: "\n").map { "      " + $0 }
        }
        lines += ["", "Response: \(method.output)"]
        return lines
    }

    private static func kind(_ field: Field) -> String {
        let name =
            switch field.kind {
            case .scalar(let kind): kind.name
            case .message(let name), .enumeration(let name): name
            }
        if case .repeated = field.cardinality { return "[\(name)]" }
        return name
    }
}
