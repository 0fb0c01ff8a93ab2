// SPDX-License-Identifier: Apache-2.0

/// Swift source that grows line by line.
struct CodeBuffer {
    private(set) var text = ""
    private var depth = 0

    /// One line at the present depth; an empty one stays empty.
    mutating func line(_ content: String = "") {
        if !content.isEmpty { text += String(repeating: "    ", count: depth) + content }
        text += "\n"
    }

    /// `opening {`, the lines of `body` one level deeper, `}`.
    mutating func block(_ opening: String, _ body: (inout CodeBuffer) -> Void) {
        line(opening + " {")
        depth += 1
        body(&self)
        depth -= 1
        line("}")
    }

    /// Lines that belong to the one before, one level deeper.
    mutating func indented(_ body: (inout CodeBuffer) -> Void) {
        depth += 1
        body(&self)
        depth -= 1
    }

    /// A comment of the proto as a doc comment.
    mutating func documentation(_ comment: [String]) {
        for text in comment { line(text.isEmpty ? "///" : "/// " + text) }
    }
}
