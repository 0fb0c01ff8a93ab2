// SPDX-License-Identifier: Apache-2.0

import Host
import Logging

/// Writes one line for each event to standard error, as journald reads it.
///
/// The priority leads in angle brackets (sd-daemon(3)). Everything that may come from a client is
/// escaped and cut, so that no text can begin a line of its own or claim another priority.
struct JournalLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let label: String

    /// Bytes of one value; what is longer is cut.
    static let valueBytesMax = 256

    init(label: String, logLevel: Logger.Level) {
        self.label = label
        self.logLevel = logLevel
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        Console.line(
            Self.line(
                event.level, label: label, message: "\(event.message)",
                metadata: metadata.merging(event.metadata ?? [:]) { $1 }))
    }

    static func line(
        _ level: Logger.Level, label: String, message: String, metadata: Logger.Metadata
    ) -> String {
        var line = "<\(priority(level))>\(label): \(escaped(message))"
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            line += " \(escaped(key))=\(Self.value("\(value)"))"
        }
        return line
    }

    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }

    /// Controls, separators and text direction marks become `\u{…}`; what is longer than
    /// ``valueBytesMax`` is cut between characters and ends in an ellipsis.
    static func escaped(_ text: String) -> String {
        escaped(text, isQuoted: false)
    }

    /// A value of metadata: in quotes where it could pass for more than one value.
    private static func value(_ text: String) -> String {
        let isPlain = !text.isEmpty && !text.utf8.contains { " \"\\=".utf8.contains($0) }
        return isPlain ? escaped(text) : "\"" + escaped(text, isQuoted: true) + "\""
    }

    private static func escaped(_ text: String, isQuoted: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let next = escaped(scalar, isQuoted: isQuoted)
            guard result.utf8.count + next.utf8.count <= valueBytesMax else {
                return result + "…"
            }
            result += next
        }
        return result
    }

    private static func escaped(_ scalar: Unicode.Scalar, isQuoted: Bool) -> String {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
            .unassigned:
            "\\u{\(String(scalar.value, radix: 16))}"
        default: isQuoted && (scalar == "\"" || scalar == "\\") ? "\\\(scalar)" : String(scalar)
        }
    }
}
