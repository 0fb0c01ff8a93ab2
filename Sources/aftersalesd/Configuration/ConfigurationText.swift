// SPDX-License-Identifier: Apache-2.0

import Host

/// The text of a configuration file.
enum ConfigurationText {
    /// More than any configuration needs; a mistaken path is refused instead of read.
    static let bytesMax = 1 << 20

    static func read(_ path: String) throws(ConfigurationError) -> String {
        let bytes: [UInt8]
        switch TextFile.read(path, bytesMax: bytesMax) {
        case .bytes(let read): bytes = read
        case .tooLarge:
            throw ConfigurationError(
                file: path, line: 0, problem: "larger than \(bytesMax) bytes")
        case .failed(let errno):
            throw ConfigurationError(file: path, line: 0, problem: "cannot be read: \(errno)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ConfigurationError(file: path, line: 0, problem: "not UTF-8")
        }
        return text
    }
}
