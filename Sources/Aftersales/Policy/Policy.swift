// SPDX-License-Identifier: Apache-2.0

/// One version of the policy: its published text, its parameters, its message templates.
///
/// A version never changes once stored, so a decision can be explained for as long as it is kept.
public struct Policy: Sendable, Hashable {
    /// From 1.
    public var version: Int64
    /// The published page, byte for byte.
    public var text: String
    /// The switches of this version.
    public var parameters: PolicyParameters
    /// The texts of messages.
    public var templates: [MessageTemplate]

    /// Makes one from its parts.
    public init(
        version: Int64, text: String, parameters: PolicyParameters, templates: [MessageTemplate]
    ) {
        self.version = version
        self.text = text
        self.parameters = parameters
        self.templates = templates
    }
}

/// The text of one kind of message in one language, with `{name}` placeholders.
public struct MessageTemplate: Sendable, Hashable {
    /// What kind it is.
    public var kind: MessageKind
    /// BCP 47, such as `en` or `zh-CN`.
    public var locale: String
    /// One line, without markup.
    public var title: String
    /// The text with placeholders.
    public var body: String

    /// Makes one from its parts.
    public init(kind: MessageKind, locale: String, title: String, body: String) {
        self.kind = kind
        self.locale = locale
        self.title = title
        self.body = body
    }
}
