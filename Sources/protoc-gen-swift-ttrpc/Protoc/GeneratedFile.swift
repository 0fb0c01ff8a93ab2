// SPDX-License-Identifier: Apache-2.0

/// One file of the answer to protoc.
struct GeneratedFile {
    /// Relative to the output directory.
    let name: String
    let content: String
}
