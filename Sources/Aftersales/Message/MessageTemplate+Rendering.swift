// SPDX-License-Identifier: Apache-2.0

extension MessageTemplate {
    /// Puts values into the placeholders; a line with a placeholder that has no value is left out,
    /// so one template serves outcomes that differ.
    ///
    /// Values are never looked at for placeholders themselves: a title may hold braces.
    public func rendered(_ values: [String: String]) -> (title: String, text: String) {
        (Self.fill(title, values), Self.fill(body, values))
    }

    private static func fill(_ template: String, _ values: [String: String]) -> String {
        template.split(separator: "\n", omittingEmptySubsequences: false)
            .compactMap { fillLine($0, values) }
            .joined(separator: "\n")
    }

    private static func fillLine(_ line: Substring, _ values: [String: String]) -> String? {
        var text = ""
        var rest = line
        while let open = rest.firstIndex(of: "{") {
            text += rest[..<open]
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: "}") else { return text + "{" + rest }
            guard let value = values[String(rest[..<close])], !value.isEmpty else { return nil }
            text += value
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }
}

extension Policy {
    /// The template of a kind in the language that fits a locale.
    ///
    /// `zh…` is Simplified Chinese, everything else English. A policy without one falls back on the
    /// published defaults.
    func template(_ kind: MessageKind, locale: String) -> MessageTemplate {
        let language = MessageLanguage(locale: locale)
        for source in [templates, MessageTemplate.defaults] {
            if let found = source.first(where: { $0.kind == kind && $0.locale == language.rawValue }
            ) {
                return found
            }
        }
        return MessageTemplate(kind: kind, locale: language.rawValue, title: "", body: "")
    }
}

/// A language with templates of its own.
enum MessageLanguage: String {
    case english = "en"
    case simplifiedChinese = "zh-CN"

    init(locale: String) {
        let tag = locale.lowercased()
        self =
            tag == "zh" || tag.hasPrefix("zh-") || tag.hasPrefix("zh_")
            ? .simplifiedChinese : .english
    }
}
