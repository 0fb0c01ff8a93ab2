// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What another program prints, read as it comes.
public enum ProgramOutput {
    private static let chunkBytes = 1 << 16

    /// Runs a program and hands on its standard output.
    ///
    /// - Parameters:
    ///   - program: a path, or a name to be looked for in `PATH`.
    ///   - arguments: its arguments.
    ///   - body: takes each chunk, of at most 64 KiB. What it throws ends the program.
    /// - Throws: `HarnessError.cannotStart` or `.failed` when it does not end with 0, and what
    ///   `body` throws.
    public static func read(
        _ program: String, _ arguments: [String], _ body: ([UInt8]) throws -> Void
    ) throws {
        let (child, descriptor) = try Command(program, arguments).startPiped()
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: chunkBytes)
        while true {
            let count = Glibc.read(descriptor, &buffer, chunkBytes)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            try body(Array(buffer.prefix(count)))
        }
        while true {
            guard let code = child.exitCode() else {
                usleep(100)
                continue
            }
            guard code == 0 else { throw HarnessError.failed(program: program, exitCode: code) }
            return
        }
    }
}
