// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The plugin as protoc runs it.
@Suite(.enabled(if: Program.protoc.exists && Program.plugin.exists)) struct PluginTests {
    private struct Run {
        let outcome: Program.Outcome
        let files: [String: String]
    }

    private func generate(
        _ files: [String], in root: String, options: String = "c_module=C,descriptors=D"
    ) throws -> Run {
        let output = FileManager.default.temporaryDirectory
            .appendingPathComponent("plugin-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: output) }
        let outcome = try Program.protoc.run(
            [
                "--plugin=protoc-gen-swift-ttrpc=\(Program.plugin.path)",
                "--swift-ttrpc_out=\(options):\(output.path)", "-I\(root)", "-I/usr/include",
            ] + files)
        var written: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: output.path) {
            let file = output.appendingPathComponent(name)
            written[name] = try String(contentsOf: file, encoding: .utf8)
        }
        return Run(outcome: outcome, files: written)
    }

    private func generate(proto: String, options: String = "c_module=C") throws -> Run {
        let root = FileManager.default.temporaryDirectory
            .appendingPathComponent("proto-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try proto.write(
            to: root.appendingPathComponent("t.proto"), atomically: true, encoding: .utf8)
        return try generate(["t.proto"], in: root.path, options: options)
    }

    @Test func `gives the committed code for the fixtures, byte for byte`() throws {
        let run = try generate(
            [
                "fixtures/time/timestamp.proto", "fixtures/v1/kinds.proto",
                "fixtures/v1/nesting.proto",
            ], in: Program.fixtures,
            options: "c_module=CProtobufCFixtures,descriptors=FixtureDescriptors")
        #expect(run.outcome.status == 0, "\(run.outcome.errors)")
        let committed = URL(fileURLWithPath: Program.fixtures)
            .deletingLastPathComponent().appendingPathComponent("Generated")
        let names = try FileManager.default.contentsOfDirectory(atPath: committed.path)
        #expect(Set(run.files.keys) == Set(names))
        for name in names {
            let text = try String(
                contentsOf: committed.appendingPathComponent(name), encoding: .utf8)
            #expect(run.files[name] == text, "\(name) differs: run scripts/generate.sh fixtures")
        }
    }

    @Test(
        arguments: [
            ("message M { M m = 1; }", "t.v1.M is recursive"),
            ("message A { B b = 1; } message B { repeated A a = 1; }", "recursive"),
            ("message M { optional int32 a = 1; }", "proto3 optional"),
            ("message Any {} message ProtoAny {}", "would both be ProtoAny"),
        ])
    func `refuses what the runtime cannot carry:`(body: String, words: String) throws {
        let run = try generate(proto: "syntax = \"proto3\"; package t.v1; \(body)")
        #expect(run.outcome.status == 1)
        #expect(run.outcome.errors.contains(words), "\(run.outcome.errors)")
        #expect(run.files.isEmpty)
    }

    @Test func `gives the client a function for each kind of call`() throws {
        let run = try generate(
            proto: """
                syntax = "proto3"; package t.v1; message A {} message B {}
                service S {
                  rpc One(A) returns (B);
                  rpc Watch(A) returns (stream B);
                  rpc Sum(stream A) returns (B);
                  rpc Chat(stream A) returns (stream B);
                }
                """)
        #expect(run.outcome.status == 0, "\(run.outcome.errors)")
        let words = (run.files["t.swift"] ?? "").split(whereSeparator: \.isWhitespace)
        let text = words.joined(separator: " ")
        for function in [
            """
            public func one( _ request: A, options: TTRPC.CallOptions = .init() ) \
            async throws(TTRPC.RPCError) -> B {
            """,
            """
            public func watch( _ request: A, options: TTRPC.CallOptions = .init() ) \
            async throws(TTRPC.RPCError) -> TTRPC.MessageStream<B> {
            """,
            """
            public func sum( options: TTRPC.CallOptions = .init(), \
            _ send: (TTRPC.RequestWriter<A>) async throws(TTRPC.RPCError) -> Void ) \
            async throws(TTRPC.RPCError) -> B {
            """,
            """
            public func chat<Result>( options: TTRPC.CallOptions = .init(), \
            _ body: ( TTRPC.RequestWriter<A>, TTRPC.MessageStream<B> ) \
            async throws(TTRPC.RPCError) -> Result ) async throws(TTRPC.RPCError) -> Result {
            """,
        ] {
            #expect(text.contains(function), "\(text)")
        }
    }

    @Test func `refuses proto2`() throws {
        let run = try generate(proto: "syntax = \"proto2\"; message M {}")
        #expect(run.outcome.errors.contains("only proto3 is supported"))
    }

    @Test(arguments: ["", "c_module=C,colour=red", "c_module"])
    func `refuses options that are missing or unknown:`(options: String) throws {
        let run = try generate(proto: "syntax = \"proto3\";", options: options)
        #expect(run.outcome.status == 1)
        #expect(run.outcome.errors.contains("option"))
    }

    @Test func `refuses a request that is no request`() throws {
        let outcome = try Program.plugin.run([], input: [0xFF])
        #expect(String(decoding: outcome.output, as: UTF8.self).contains("malformed"))
    }
}
