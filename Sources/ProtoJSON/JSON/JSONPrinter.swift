// SPDX-License-Identifier: Apache-2.0

/// How JSON text is laid out.
public enum JSONLayout: Sendable, Hashable {
    /// On one line, without any space.
    case compact
    /// A line for each member and element, indented by two spaces a level; no newline at the end.
    case indented
}

extension JSONValue {
    /// The document as text.
    ///
    /// Beyond what RFC 8259 demands, DEL and the C1 control characters are escaped too: the text
    /// may go to a terminal, and some of it comes from customers.
    public func text(_ layout: JSONLayout = .compact) -> String {
        var printer = JSONPrinter(isIndented: layout == .indented)
        printer.write(self, depth: 0)
        return printer.text
    }
}

private struct JSONPrinter {
    let isIndented: Bool
    var text = ""

    init(isIndented: Bool) {
        self.isIndented = isIndented
    }

    mutating func write(_ value: JSONValue, depth: Int) {
        switch value {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let number): text += number
        case .string(let string): write(string)
        case .array(let elements):
            writeAll(elements, "[", "]", depth: depth) { printer, element in
                printer.write(element, depth: depth + 1)
            }
        case .object(let members):
            writeAll(members, "{", "}", depth: depth) { printer, member in
                printer.write(member.key)
                printer.text += printer.isIndented ? ": " : ":"
                printer.write(member.value, depth: depth + 1)
            }
        }
    }

    private mutating func writeAll<Element>(
        _ elements: [Element], _ open: String, _ close: String, depth: Int,
        _ writeOne: (inout JSONPrinter, Element) -> Void
    ) {
        text += open
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            breakLine(depth: depth + 1)
            writeOne(&self, element)
        }
        if !elements.isEmpty { breakLine(depth: depth) }
        text += close
    }

    private mutating func breakLine(depth: Int) {
        guard isIndented else { return }
        text += "\n" + String(repeating: "  ", count: depth)
    }

    private mutating func write(_ string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
