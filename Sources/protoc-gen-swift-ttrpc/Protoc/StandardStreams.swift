// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Standard input and output, whole.
enum StandardStreams {
    static func readAll() throws(PluginError) -> [UInt8] {
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw PluginError("cannot read the request: errno \(errno)") }
            if count == 0 { return all }
            all += chunk[..<count]
        }
    }

    static func writeAll(_ bytes: [UInt8]) throws(PluginError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw PluginError("cannot write the answer: errno \(errno)") }
            rest = rest.dropFirst(count)
        }
    }
}
