// SPDX-License-Identifier: Apache-2.0

/// Text broken into lines.
public enum Paragraph {
    /// Breaks text at its spaces, so that no line is longer than the width unless one word is.
    ///
    /// - Parameters:
    ///   - text: words with spaces between them; line breaks in it are kept.
    ///   - width: letters of a line, the indent among them.
    ///   - indent: what each line begins with.
    /// - Returns: the lines; one at least.
    public static func lines(_ text: String, width: Int = 88, indent: String = "") -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { part in
            var lines: [String] = []
            var line = ""
            for word in part.split(separator: " ") {
                if !line.isEmpty, indent.count + line.count + 1 + word.count > width {
                    lines.append(indent + line)
                    line = ""
                }
                line += (line.isEmpty ? "" : " ") + word
            }
            return lines + [indent + line]
        }
    }
}
