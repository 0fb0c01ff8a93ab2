// SPDX-License-Identifier: Apache-2.0

/// One version of the policy: its published text, its parameters, its message templates.
///
/// A version never changes once stored, so a decision can be explained for as long as it is kept.
public struct Policy: Sendable, Hashable {
    /// From 1.
    public var version: Int64
    /// The published page, byte for byte.
    public var text: String
    public var parameters: PolicyParameters
    public var templates: [MessageTemplate]

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
    public var kind: MessageKind
    /// BCP 47, such as `en` or `zh-CN`.
    public var locale: String
    public var title: String
    public var body: String

    public init(kind: MessageKind, locale: String, title: String, body: String) {
        self.kind = kind
        self.locale = locale
        self.title = title
        self.body = body
    }
}
