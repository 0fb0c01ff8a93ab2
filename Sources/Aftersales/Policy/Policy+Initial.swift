// SPDX-License-Identifier: Apache-2.0

extension Policy {
    /// Version 1: the published text as given, the default parameters and templates.
    public static func initial(text: String) -> Policy {
        Policy(
            version: 1, text: text, parameters: PolicyParameters(),
            templates: MessageTemplate.defaults)
    }
}
