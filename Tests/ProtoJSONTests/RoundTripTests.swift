// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ProtoJSON

/// Goal: the two directions undo each other, and no input makes either trap.
///
/// Method: random
/// messages of every type of a schema, then random damage to text and bytes; the seed is printed.
@Suite("Round trips and damage")
struct RoundTripTests {
    @Test func `every kind survives JSON to bytes to JSON`() throws {
        try check(try Kinds.schema(), rounds: 100)
    }

    @Test(.enabled(if: Protoc.isInstalled && !Protoc.contractFiles.isEmpty))
    func `every message of the contract survives JSON to bytes to JSON`() throws {
        let files = try Protoc.descriptors(of: Protoc.contractFiles, in: Protoc.contract)
        let schema = try Schema(files: files)
        #expect(schema.services.allSatisfy { !$0.comment.isEmpty })
        try check(schema, rounds: 3)
    }

    private func check(_ schema: Schema, rounds: Int) throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomJSON(schema: schema, seed: seed)
        let methods = schema.services.flatMap(\.methods)
        for type in Set(methods.flatMap { [$0.input, $0.output] }).sorted() {
            for _ in 0..<rounds {
                let json = random.message(type)
                let bytes = try schema.encode(json: json.text(), as: type)
                #expect(try schema.value(bytes, as: type) == json, "\(type), seed \(seed)")
                // Proto names and shown defaults stand for the same message.
                let options = JSONOptions(includesDefaults: true, usesProtoNames: true)
                let wordy = try schema.print(bytes, as: type, options: options)
                #expect(try schema.encode(json: wordy, as: type) == bytes, "seed \(seed)")
            }
        }
    }

    @Test func `damaged bytes are refused or shown, never fatal`() throws {
        let schema = try Kinds.schema()
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomJSON(schema: schema, seed: seed)
        var refused = 0
        for _ in 0..<4_000 {
            var bytes = try schema.encode(
                random.message("kinds.v1.Kinds", depth: 5), as: "kinds.v1.Kinds")
            damage(&bytes, &random.generator)
            do throws(ProtoJSONError) {
                _ = try schema.print(bytes, as: "kinds.v1.Kinds")
            } catch {
                refused += 1
                #expect(error.reason != .syntax && error.reason != .unknownField, "seed \(seed)")
            }
        }
        #expect(refused > 0, "seed \(seed)")
    }

    @Test func `damaged text is refused or taken, never fatal`() throws {
        let schema = try Kinds.schema()
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomJSON(schema: schema, seed: seed)
        var refused = 0
        for _ in 0..<4_000 {
            var text = Array(random.message("kinds.v1.Kinds", depth: 5).text().utf8)
            damage(&text, &random.generator)
            do throws(ProtoJSONError) {
                let json = try JSONValue(parsing: text)
                _ = try schema.encode(json, as: "kinds.v1.Kinds")
            } catch {
                refused += 1
                #expect(error.reason != .malformedMessage, "seed \(seed)")
            }
        }
        #expect(refused > 0, "seed \(seed)")
    }

    private func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 2: bytes.remove(at: place)
            default: bytes.insert(bytes[bytes.count - 1], at: place)
            }
        }
    }
}
