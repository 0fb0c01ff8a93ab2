// SPDX-License-Identifier: Apache-2.0

import Glibc

/// How text is set off: with escape sequences on a terminal, not at all elsewhere.
public struct TerminalStyle: Sendable, Hashable {
    /// Sequences are written.
    public let isOn: Bool

    /// A style that is on or off.
    public init(isOn: Bool) {
        self.isOn = isOn
    }

    /// On where the descriptor is a terminal and the environment does not set `NO_COLOR`.
    ///
    /// - Parameter descriptor: 1 for standard output, 2 for standard error.
    public init(descriptor: Int32) {
        isOn = isatty(descriptor) == 1 && getenv("NO_COLOR") == nil
    }

    /// Headings.
    public func bold(_ text: String) -> String { wrap(text, "1") }
    /// Quotations.
    public func italic(_ text: String) -> String { wrap(text, "3") }
    /// What is as it should be.
    public func green(_ text: String) -> String { wrap(text, "32") }
    /// What is not.
    public func red(_ text: String) -> String { wrap(text, "31") }

    private func wrap(_ text: String, _ code: String) -> String {
        isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
