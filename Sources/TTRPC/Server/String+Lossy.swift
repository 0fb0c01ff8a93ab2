// SPDX-License-Identifier: Apache-2.0

extension String {
    /// The text of bytes that a peer chose, with what is not UTF-8 replaced.
    init(lossy bytes: Span<UInt8>) {
        self.init(decoding: bytes.copy(of: bytes.indices), as: UTF8.self)
    }
}
