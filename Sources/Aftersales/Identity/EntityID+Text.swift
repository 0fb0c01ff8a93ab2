// SPDX-License-Identifier: Apache-2.0

extension EntityID {
    /// The public form: prefix, underscore, the number in lower-case Crockford base32.
    public var text: String {
        Self.prefix + "_" + CrockfordBase32.text(value)
    }

    /// Reads the public form, strictly.
    ///
    /// nil for another prefix, a digit outside the alphabet, a leading zero, zero, or a number past
    /// Int64. Upper-case digits are taken, an upper-case prefix is not.
    public init?(text: String) {
        guard text.hasPrefix(Self.prefix + "_") else { return nil }
        let digits = text.dropFirst(Self.prefix.count + 1)
        guard let number = CrockfordBase32.number(digits.utf8), number > 0 else { return nil }
        self.init(number)
    }

    /// Reads the public form of an id in a request, or refuses with `MALFORMED_ID`.
    public static func parse(_ text: String, field: String) throws(Rejection) -> Self {
        guard let id = Self(text: text) else {
            throw .malformedID(field: field, prefix: prefix)
        }
        return id
    }
}
