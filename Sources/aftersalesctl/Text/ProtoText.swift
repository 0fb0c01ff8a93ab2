// SPDX-License-Identifier: Apache-2.0

import ProtoJSON

/// Declarations as a proto file has them, comments included, types by their full names.
///
/// Names and comments may come from any server, so each line is made harmless to a terminal.
struct ProtoText {
    private(set) var lines: [String] = []

    /// The declaration itself; of a method, its messages too.
    static func lines(of symbol: Symbol, in schema: Schema) -> [String] {
        var text = ProtoText()
        switch symbol {
        case .service(let service): text.add(service)
        case .message(let message): text.add(message, schema)
        case .enumeration(let enumeration): text.add(enumeration)
        case .method(let method):
            text.add(comment: method.comment, indent: "")
            text.add("\(Self.signature(method, name: method.fullName));")
            for name in method.input == method.output
                ? [method.input] : [method.input, method.output]
            {
                guard let message = schema.message(named: name) else { continue }
                text.add("")
                text.add(message, schema)
            }
        }
        return text.lines
    }

    private mutating func add(_ service: Service) {
        add(comment: service.comment, indent: "")
        add("service \(service.name) {")
        for (index, method) in service.methods.enumerated() {
            if index > 0 { add("") }
            add(comment: method.comment, indent: "  ")
            add("  \(Self.signature(method, name: method.name));")
        }
        add("}")
    }

    private mutating func add(_ message: MessageType, _ schema: Schema) {
        add(comment: message.comment, indent: "")
        guard !message.fields.isEmpty else { return add("message \(message.name) {}") }
        add("message \(message.name) {")
        var oneof: String?
        for (index, field) in message.fields.enumerated() {
            if oneof != nil, field.oneof != oneof { add("  }") }
            if index > 0, oneof == nil || field.oneof != oneof { add("") }
            if let name = field.oneof, name != oneof { add("  oneof \(name) {") }
            oneof = field.oneof
            let indent = oneof == nil ? "  " : "    "
            add(comment: field.comment, indent: indent)
            add("\(indent)\(Self.type(field, schema)) \(field.name) = \(field.number);")
        }
        if oneof != nil { add("  }") }
        add("}")
    }

    private mutating func add(_ enumeration: EnumType) {
        add(comment: enumeration.comment, indent: "")
        add("enum \(enumeration.name) {")
        for value in enumeration.values {
            add(comment: value.comment, indent: "  ")
            add("  \(value.name) = \(value.number);")
        }
        add("}")
    }

    static func signature(_ method: Method, name: String) -> String {
        let request = (method.isClientStreaming ? "stream " : "") + method.input
        let response = (method.isServerStreaming ? "stream " : "") + method.output
        return "rpc \(name)(\(request)) returns (\(response))"
    }

    private static func type(_ field: Field, _ schema: Schema) -> String {
        if case .message(let name) = field.kind, let entry = schema.message(named: name),
            entry.isMapEntry, entry.fields.count == 2
        {
            return "map<\(self.name(entry.fields[0].kind)), \(self.name(entry.fields[1].kind))>"
        }
        let name = name(field.kind)
        switch field.cardinality {
        case .repeated: return "repeated " + name
        case .implicit: return name
        case .optional:
            // A message, and a member of a oneof, has presence without the word.
            if case .message = field.kind { return name }
            return field.oneof == nil ? "optional " + name : name
        }
    }

    private static func name(_ kind: Field.Kind) -> String {
        switch kind {
        case .scalar(let kind): kind.name
        case .message(let name), .enumeration(let name): name
        }
    }

    private mutating func add(comment: String, indent: String) {
        guard !comment.isEmpty else { return }
        for line in comment.split(separator: "\n", omittingEmptySubsequences: false) {
            add(indent + (line.isEmpty ? "//" : "// \(line)"))
        }
    }

    private mutating func add(_ line: String) {
        lines.append(DisplayText.line(line))
    }
}
