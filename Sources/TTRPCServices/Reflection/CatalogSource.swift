// SPDX-License-Identifier: Apache-2.0

import ProtobufC
import Synchronization
import TTRPC

/// A catalog that is made when somebody first asks, so that a start does not pay for it.
final class CatalogSource: Sendable {
    private let files: @Sendable () -> [[UInt8]]
    private let made = Mutex<DescriptorCatalog?>(nil)

    init(_ files: @escaping @Sendable () -> [[UInt8]]) {
        self.files = files
    }

    /// The catalog; INTERNAL if the files that the program embeds are no descriptors.
    func catalog() throws(RPCError) -> DescriptorCatalog {
        let catalog: DescriptorCatalog?
        // Under the lock, so that a herd of first callers makes it once.
        catalog = made.withLock { made in
            if made == nil { made = try? DescriptorCatalog(files: files()) }
            return made
        }
        guard let catalog else {
            throw .services(
                .internal, "the embedded descriptors are malformed", reason: "DESCRIPTORS")
        }
        return catalog
    }
}
