// SPDX-License-Identifier: Apache-2.0

import CProtocPlugin

/// An enum type.
struct ProtoEnumeration {
    struct Value {
        let name: String
        let number: Int32
        let comment: [String]
    }

    let fullName: String
    let package: String
    /// Names of the messages around it and its own.
    let path: [String]
    let comment: [String]
    /// In the order of the file; the first is 0 in proto3.
    let values: [Value]

    init(
        _ enumeration: UnsafeMutablePointer<Google__Protobuf__EnumDescriptorProto>, _ scope: Scope,
        at place: [Int32]
    ) {
        let name = string(enumeration.pointee.name)
        fullName = scope.fullName(name)
        package = scope.package
        path = scope.path + [name]
        comment = scope.comments.lines(at: place)
        values = pointers(enumeration.pointee.value, enumeration.pointee.n_value).enumerated().map {
            Value(
                name: string($1.pointee.name), number: $1.pointee.number,
                comment: scope.comments.lines(at: place + [2, Int32($0)]))
        }
    }

    /// The first value of each number, and the further names that such a number has.
    var distinct: (values: [Value], aliases: [(value: Value, of: Value)]) {
        var first: [Int32: Value] = [:]
        var values: [Value] = []
        var aliases: [(Value, Value)] = []
        for value in self.values {
            if let known = first[value.number] {
                aliases.append((value, known))
            } else {
                first[value.number] = value
                values.append(value)
            }
        }
        return (values, aliases)
    }
}
