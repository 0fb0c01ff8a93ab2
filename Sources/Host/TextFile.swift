// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Reads small files whole.
package enum TextFile {
    /// What came of reading one.
    package enum Result: Equatable {
        case bytes([UInt8])
        case tooLarge
        /// The system's own words.
        case failed(String)
    }

    /// The bytes of a file of at most `bytesMax` bytes.
    package static func read(_ path: String, bytesMax: Int) -> Result {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .failed(String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return .bytes(bytes) }
            if count < 0 {
                if errno == EINTR { continue }
                return .failed(String(cString: strerror(errno)))
            }
            guard bytes.count + count <= bytesMax else { return .tooLarge }
            bytes += buffer[..<count]
        }
    }
}
