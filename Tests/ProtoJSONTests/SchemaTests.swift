// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ProtoJSON

@Suite("A schema from descriptors")
struct SchemaTests {
    @Test func `finds services by their full and by their last name`() throws {
        let schema = try Kinds.schema()
        #expect(schema.services.map(\.name) == ["kinds.v1.KindsService"])
        #expect(schema.service(named: "KindsService")?.name == "kinds.v1.KindsService")
        #expect(schema.service(named: "Service") == nil)
        #expect(schema.service(named: "") == nil)
    }

    @Test func `finds methods with their kinds`() throws {
        let schema = try Kinds.schema()
        let echo = try #require(schema.method("kinds.v1.KindsService/Echo"))
        #expect(echo.input == "kinds.v1.Kinds" && echo.output == "kinds.v1.Kinds")
        #expect(!echo.isClientStreaming && !echo.isServerStreaming)
        for path in ["KindsService/Echo", "KindsService.Echo", "kinds.v1.KindsService.Echo"] {
            #expect(echo == schema.method(path), "\(path)")
        }
        #expect(echo.fullName == "kinds.v1.KindsService/Echo")
        #expect(schema.method("KindsService/Watch")?.isServerStreaming == true)
        #expect(schema.method("KindsService/Collect")?.isClientStreaming == true)
        for path in [
            "", "/", "KindsService", "KindsService/", "KindsService/Echo/", "/Echo", "No/Echo",
            ".", ".Echo", "KindsService.", "kinds.v1.KindsService",
        ] {
            #expect(schema.method(path) == nil)
        }
    }

    @Test(arguments: [
        ("kinds.v1.Kinds", ["kinds.v1.Kinds"]), (".kinds.v1.Kinds", ["kinds.v1.Kinds"]),
        ("Kinds", ["kinds.v1.Kinds"]), ("Nested", ["kinds.v1.Kinds.Nested"]),
        ("Kinds.Nested", ["kinds.v1.Kinds.Nested"]), ("Color", ["kinds.v1.Color"]),
        ("KindsService", ["kinds.v1.KindsService"]),
        ("KindsService/Echo", ["kinds.v1.KindsService.Echo"]),
        ("kinds.v1.KindsService.Watch", ["kinds.v1.KindsService.Watch"]),
        ("inds", []), ("", []), (".", []), ("kinds.v1", []), ("Kinds.double_value", []),
    ])
    func `finds what a name may mean`(name: String, meanings: [String]) throws {
        #expect(try Kinds.schema().symbols(named: name).map(\.name) == meanings)
    }

    @Test func `gives every meaning of a name that has several, and a full name only its own`()
        throws
    {
        let schema = try Schema(files: [
            file(name: "a", package: "a", service: "S"),
            file(name: "b", package: "b", service: "S"),
            file(name: "c", message: part(1, "S")),
        ])
        #expect(schema.symbols(named: "S").map(\.name) == ["S"])
        #expect(schema.symbols(named: "a.S").map(\.name) == ["a.S"])
        let two = try Schema(files: [
            file(name: "a", package: "a", service: "S"),
            file(name: "b", package: "b", service: "S"),
        ])
        #expect(two.symbols(named: "S").map(\.name) == ["a.S", "b.S"])
    }

    @Test(
        arguments: [
            ([], false), ([0x90, 0x02, 0], false), ([0x90, 0x02, 1], true),
            ([0x90, 0x02, 2], true),
        ] as [([UInt8], Bool)])
    func `knows which methods may run twice`(options: [UInt8], isIdempotent: Bool) throws {
        // rpc R(M) returns (M) { option idempotency_level = …; }
        let method =
            part(1, "R") + part(2, ".M") + part(3, ".M")
            + (options.isEmpty ? [] : part(4, options))
        let schema = try Schema(files: [
            part(1, "f") + part(4, part(1, "M")) + part(6, part(1, "S") + part(2, method))
        ])
        #expect(schema.method("S/R")?.isIdempotent == isIdempotent)
    }

    @Test func `takes no side when two services have the same last name`() throws {
        let one = file(name: "a", package: "a", service: "S")
        let two = file(name: "b", package: "b", service: "S")
        let schema = try Schema(files: [one, two])
        #expect(schema.service(named: "S") == nil)
        #expect(schema.service(named: "b.S") != nil)
    }

    @Test func `carries the comments of the proto file`() throws {
        let schema = try Kinds.schema()
        let message = try #require(schema.message(named: "kinds.v1.Kinds"))
        #expect(message.comment == "All kinds.\n\nIn two paragraphs.")
        #expect(message.fields[0].comment == "A double.")
        #expect(message.fields[1].comment == "Behind it.")
        #expect(message.fields[2].comment.isEmpty)
        let color = try #require(schema.enumeration(named: "kinds.v1.Color"))
        #expect(color.comment == "Colors of the rainbow.")
        #expect(color.values[1].comment == "Warm.")
        #expect(schema.method("KindsService/Echo")?.comment == "Echoes them.")
        #expect(schema.services[0].comment == "Serves kinds.")
        #expect(
            schema.message(named: "kinds.v1.Kinds.Nested")?.comment == "A message in a message.")
    }

    @Test func `knows presence, packing and oneofs`() throws {
        let message = try #require(try Kinds.schema().message(named: "kinds.v1.Kinds"))
        func field(_ name: String) throws -> Field {
            try #require(message.fields.first { $0.name == name })
        }
        #expect(try field("int32_value").cardinality == .implicit)
        #expect(try field("child").cardinality == .optional)
        #expect(try field("present_number").cardinality == .optional)
        #expect(try field("present_number").oneof == nil)
        #expect(try field("chosen_text").oneof == "choice")
        #expect(try field("packed").cardinality == .repeated(isPacked: true))
        #expect(try field("unpacked").cardinality == .repeated(isPacked: false))
        #expect(try field("strings").cardinality == .repeated(isPacked: false))
        #expect(try field("color").kind == .enumeration("kinds.v1.Color"))
        #expect(try field("int64_wrapper").jsonName == "int64Wrapper")
    }

    @Test func `refuses a file twice, a missing import and a cut file`() throws {
        let files = Kinds.files
        #expect(throws: SchemaError(.duplicateName, name: "kinds.proto")) {
            try Schema(files: files + [files[files.count - 1]])
        }
        #expect(throws: SchemaError.self) { try Schema(files: [files[files.count - 1]]) }
        #expect(throws: SchemaError.self) { try Schema(files: [Array(files[0].dropLast())]) }
        #expect(try Schema(files: files.reversed()).services.count == 1)
        #expect(try Schema(files: []).services.isEmpty)
    }

    @Test func `refuses groups and editions`() {
        // message M { group of field g = 1; }
        let group = file(
            name: "g", message: part(1, "M") + part(2, part(1, "g") + [0x18, 1, 0x28, 10]))
        #expect(throws: SchemaError(.unsupported, name: "M.g")) { try Schema(files: [group]) }
        let editions = part(1, "e") + part(12, "editions")
        #expect(throws: SchemaError(.unsupported, name: "e")) { try Schema(files: [editions]) }
    }

    @Test func `survives any mutation of descriptors`() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        var acceptedCount = 0
        for _ in 0..<300 {
            var files = Kinds.files
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: files[6].indices, using: &random)
                files[6][place] = UInt8.random(in: 0...255, using: &random)
            }
            if (try? Schema(files: files)) != nil { acceptedCount += 1 }
        }
        #expect(acceptedCount < 300, "seed \(seed)")
    }

    private func file(name: String, package: String, service: String) -> [UInt8] {
        part(1, name) + part(2, package) + part(6, part(1, service)) + part(12, "proto3")
    }

    private func file(name: String, message: [UInt8]) -> [UInt8] {
        part(1, name) + part(4, message) + part(12, "proto3")
    }

    private func part(_ number: UInt8, _ text: String) -> [UInt8] {
        part(number, Array(text.utf8))
    }

    private func part(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [number << 3 | 2, UInt8(bytes.count)] + bytes
    }
}
