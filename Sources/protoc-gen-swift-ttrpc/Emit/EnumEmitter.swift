// SPDX-License-Identifier: Apache-2.0

/// A Swift enum for a proto enum.
struct EnumEmitter {
    func emit(_ enumeration: ProtoEnumeration, _ code: inout CodeBuffer) {
        let own = enumeration.path[enumeration.path.count - 1]
        let type = SwiftName.typeComponent(own, package: enumeration.package)
        let (values, aliases) = enumeration.distinct
        let cases = values.map { (SwiftName.enumCase($0.name, of: own), $0) }
        code.documentation(enumeration.comment)
        code.block("public enum \(type): ProtobufC.ProtoEnum") { code in
            for (name, value) in cases {
                code.documentation(value.comment)
                code.line("case \(name)")
            }
            code.line("/// A number that this version of the contract does not name.")
            code.line("case unrecognized(Int32)")
            for (alias, value) in aliases {
                code.line()
                code.documentation(alias.comment)
                code.line(
                    "public static var \(SwiftName.enumCase(alias.name, of: own)): \(type) "
                        + "{ .\(SwiftName.enumCase(value.name, of: own)) }")
            }
            code.line()
            code.line("/// The named values in the order of the contract.")
            code.line("public static let allCases: [\(type)] = [")
            code.indented { code in
                for (name, _) in cases { code.line(".\(name),") }
            }
            code.line("]")
            code.line()
            code.line("/// The value with the number 0.")
            code.line("public init() { self.init(rawValue: 0) }")
            code.line()
            code.line("/// The value of a number on the wire.")
            code.block("public init(rawValue: Int32)") { code in
                code.block("switch rawValue") { code in
                    for (name, value) in cases {
                        code.line("case \(value.number): self = .\(name)")
                    }
                    code.line("default: self = .unrecognized(rawValue)")
                }
            }
            code.line()
            code.line("/// The number on the wire.")
            code.block("public var rawValue: Int32") { code in
                code.block("switch self") { code in
                    for (name, value) in cases {
                        code.line("case .\(name): \(value.number)")
                    }
                    code.line("case .unrecognized(let number): number")
                }
            }
        }
    }
}
