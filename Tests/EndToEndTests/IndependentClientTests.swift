// SPDX-License-Identifier: Apache-2.0

import DaemonHarness
import Foundation
import Glibc
import Testing

/// containerd's ttrpc in Go, as Debian ships it, with messages from gogoprotobuf.
@Suite struct IndependentClientTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Go").path(percentEncoded: false)
    private static let proto = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../proto").standardized.path(percentEncoded: false)

    private static var missing: [String] {
        [
            "/usr/bin/go", "/usr/bin/protoc", "/usr/bin/protoc-gen-gogo",
            "/usr/share/gocode/src/github.com/containerd/ttrpc/client.go",
            "/usr/share/gocode/src/google.golang.org/genproto/googleapis/rpc/errdetails",
        ].filter { access($0, F_OK) != 0 }
    }

    private func output(_ program: String, _ arguments: [String]) throws -> String {
        var bytes: [UInt8] = []
        try ProgramOutput.read(program, arguments) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    // In CI everything is installed, so there a missing tool fails instead of being skipped.
    @Test(
        .enabled(
            if: missing.isEmpty || getenv("CI") != nil,
            "not installed: \(missing.joined(separator: ", "))"))
    func `a client in Go imports, gets and cancels, and reads the details of errors`()
        async throws
    {
        // Kept with the build: what Go compiled once is not compiled again.
        let work = BuiltProgram.folder + "/independent-client"
        _ = try output("sh", [Self.folder + "/build.sh", Self.proto, work])
        let stage = try await Stage()
        let client = work + "/client"
        #expect(try output(client, [stage.place.socket]) == Self.expected)
        #expect(try await stage.stop() == 0)
        let keys = "SELECT count(*) FROM request_key"
        #expect(try StoppedDatabase(stage.place).scalar(keys) == "2")
    }

    private static let expected = """
        order go-1 ORDER_STATE_PLACED PAYMENT_STATE_CAPTURED
        units cup 0+2 UNIT_STATE_OPEN total 2205
        units pot 2+1 UNIT_STATE_OPEN total 4590
        canceled cup 0+1 amount 2205
        refund Visa 4242 2205 REFUND_STATE_QUEUED
        now ORDER_STATE_PLACED partially true
        canceled cup 0+1 amount 2205
        refund Visa 4242 2205 REFUND_STATE_QUEUED
        now ORDER_STATE_PLACED partially true
        repeat is the same: true
        error FailedPrecondition
        info QUANTITY_NOT_OPEN aftersales
        refused cup quantity 2 open 1 SKIP_REASON_QUANTITY_NOT_OPEN
        error InvalidArgument
        info REQUEST_ID aftersales
        violation request_id

        """
}
