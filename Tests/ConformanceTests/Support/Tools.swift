// SPDX-License-Identifier: Apache-2.0

import DaemonHarness
import Foundation
import Glibc

/// A peer made of another implementation, built from Debian's packages.
struct ForeignPeer: Sendable {
    /// What is not installed of what it is built from.
    let missing: [String]
    private let script: String
    private let program: String
    private let work: String

    /// Whether its tests run: in CI everything is installed, so there a missing tool fails instead
    /// of being skipped.
    var isExpected: Bool { missing.isEmpty || getenv("CI") != nil }

    /// What a skipped test says.
    var comment: String { "not installed: \(missing.joined(separator: ", "))" }

    /// containerd's ttrpc in Go.
    static let go = ForeignPeer(
        folder: "Go", program: "go-peer",
        needs: [
            "/usr/bin/go", "/usr/share/gocode/src/github.com/containerd/ttrpc/client.go",
            "/usr/share/gocode/src/google.golang.org/genproto/googleapis/rpc/errdetails",
        ])

    /// containerd's ttrpc-rust.
    static let rust = ForeignPeer(
        folder: "Rust", program: "debug/rust-peer",
        needs: ["/usr/bin/cargo", "/usr/bin/rustc", "/usr/share/cargo/registry/ttrpc-0.5.2"])

    private init(folder: String, program: String, needs: [String]) {
        missing = needs.filter { access($0, F_OK) != 0 }
        script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../\(folder)/build.sh").standardized.path(percentEncoded: false)
        // Kept with the build: what was compiled once is not compiled again.
        work = BuiltProgram.folder + "foreign-peer-" + folder
        self.program = work + "/" + program
    }

    /// Builds it; its path.
    func build() throws -> String {
        _ = try output("sh", [script, work])
        return program
    }
}

/// What a program prints on standard output.
func output(_ program: String, _ arguments: [String]) throws -> String {
    var bytes: [UInt8] = []
    try ProgramOutput.read(program, arguments) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
}
