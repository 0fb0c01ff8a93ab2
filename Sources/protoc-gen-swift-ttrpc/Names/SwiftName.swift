// SPDX-License-Identifier: Apache-2.0

/// Proto names in Swift's spelling.
enum SwiftName {
    /// Written in capitals wherever they do not begin a name.
    private static let acronyms: Set<String> = ["id", "url", "sms", "rma", "psp", "arn", "mc"]

    /// A field, oneof or parameter: `order_id` is `orderID`.
    static func property(_ field: String) -> String {
        escaped(camelCase(field.split(separator: "_").map(String.init)))
    }

    /// An enum case: the enum's own name is stripped from `ORDER_STATE_OPEN`.
    static func enumCase(_ value: String, of enumeration: String) -> String {
        let prefix = words(enumeration).map { $0.uppercased() }.joined(separator: "_") + "_"
        var rest = value[...]
        if value.hasPrefix(prefix), value.count > prefix.count {
            rest = value.dropFirst(prefix.count)
        }
        let name = camelCase(rest.lowercased().split(separator: "_").map(String.init))
        return name.first?.isNumber == true ? "_" + name : escaped(name)
    }

    /// A method: `ImportOrder` is `importOrder`.
    static func function(_ method: String) -> String {
        let words = words(method)
        guard let first = words.first else { return method }
        return escaped(first.lowercased() + words.dropFirst().joined())
    }

    /// A message or enum type by its path, such as `Order.Line`.
    static func type(_ path: [String], package: String) -> String {
        path.map { typeComponent($0, package: package) }.joined(separator: ".")
    }

    /// A type's own name; one that Swift has taken gets `Proto` in front.
    static func typeComponent(_ name: String, package: String) -> String {
        let isTaken =
            takenTypes.contains(name)
            || package == "google.protobuf" && ["Duration", "Empty"].contains(name)
        return isTaken ? "Proto" + name : name
    }

    /// The enum that a oneof becomes.
    static func oneofType(_ oneof: String) -> String {
        typeComponent(
            oneof.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(),
            package: "")
    }

    /// `RMAState` is RMA and State.
    static func words(_ camel: String) -> [String] {
        var words: [String] = []
        let characters = Array(camel)
        for (index, character) in characters.enumerated() {
            let next = index + 1 < characters.count ? characters[index + 1] : nil
            let previous = index > 0 ? characters[index - 1] : nil
            let begins =
                character.isUppercase
                && (previous?.isUppercase != true || next?.isLowercase == true)
            if begins || words.isEmpty {
                words.append(String(character))
            } else {
                words[words.count - 1].append(character)
            }
        }
        return words
    }

    private static func camelCase(_ words: [String]) -> String {
        guard let first = words.first else { return "_" }
        return lowerFirst(first) + words.dropFirst().map(capitalized).joined()
    }

    private static func lowerFirst(_ word: String) -> String {
        word.prefix(1).lowercased() + word.dropFirst()
    }

    private static func capitalized(_ word: String) -> String {
        if acronyms.contains(word) { return word.uppercased() }
        if word.last == "s", acronyms.contains(String(word.dropLast())) {
            return word.dropLast().uppercased() + "s"
        }
        return word.prefix(1).uppercased() + word.dropFirst()
    }

    /// In backticks where Swift would read a keyword.
    static func escaped(_ name: String) -> String {
        // Backticks do not help: `.self` is the value itself, always.
        if name == "self" { return "self_" }
        return keywords.contains(name) ? "`\(name)`" : name
    }

    private static let takenTypes: Set<String> = [
        "Any", "Array", "Bool", "Double", "Error", "Float", "Int32", "Int64", "Never", "Optional",
        "Protocol", "Result", "Self", "String", "Type", "UInt32", "UInt64", "UInt8", "Void",
    ]

    static let keywords: Set<String> = [
        "Any", "Self", "Type", "as", "associatedtype", "break", "case", "catch", "class",
        "continue", "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough",
        "false", "fileprivate", "for", "func", "guard", "if", "import", "in", "init", "inout",
        "internal", "is", "let", "nil", "operator", "precedencegroup", "private", "protocol",
        "public", "repeat", "rethrows", "return", "self", "static", "struct", "subscript", "super",
        "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
    ]
}
