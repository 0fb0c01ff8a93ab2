// SPDX-License-Identifier: Apache-2.0

/// Why no code can be generated, in words for the person who runs protoc.
struct PluginError: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
