// SPDX-License-Identifier: Apache-2.0

/// The names that protoc-c gives to the same declarations.
enum CName {
    /// The struct of a message.
    static func type(_ fullName: String) -> String {
        fullName.split(separator: ".").map { component in
            component.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
                .joined()
        }.joined(separator: "__")
    }

    /// The function that sets a struct to its defaults.
    static func initializer(_ fullName: String) -> String {
        fullName.split(separator: ".").map { lowered(String($0)) }.joined(separator: "__")
            + "__init"
    }

    /// The member of a struct, fit to stand after a dot in Swift: `in` is no word of C.
    static func member(_ field: String) -> String {
        let name = field.lowercased()
        if keywords.contains(name) { return name + "_" }
        return SwiftName.keywords.contains(name) ? "`\(name)`" : name
    }

    /// The count beside a repeated member; protoc-c prefixes the already changed name.
    static func count(_ field: String) -> String {
        let name = field.lowercased()
        return "n_" + (keywords.contains(name) ? name + "_" : name)
    }

    /// The member that tells which field of a oneof is set.
    static func oneofCase(_ oneof: String) -> String {
        lowered(oneof) + "_case"
    }

    /// An underscore where a capital follows a small letter or digit, all in small letters.
    private static func lowered(_ camel: String) -> String {
        var result = ""
        var previousIsUpper = true
        for character in camel {
            if character.isUppercase, !previousIsUpper { result.append("_") }
            result += character.lowercased()
            previousIsUpper = character.isUppercase
        }
        return result
    }

    private static let keywords: Set<String> = [
        "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break", "case", "catch", "char",
        "class", "compl", "const", "const_cast", "continue", "default", "delete", "do", "double",
        "dynamic_cast", "else", "enum", "explicit", "extern", "false", "float", "for", "friend",
        "goto", "if", "inline", "int", "long", "mutable", "namespace", "new", "not", "not_eq",
        "operator", "or", "or_eq", "private", "protected", "public", "register", "reinterpret_cast",
        "return", "short", "signed", "sizeof", "static", "static_cast", "struct", "switch",
        "template", "this", "throw", "true", "try", "typedef", "typeid", "typename", "union",
        "unsigned", "using", "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq",
    ]
}
