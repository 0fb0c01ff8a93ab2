// SPDX-License-Identifier: Apache-2.0

/// What this implementation adds to ttrpc, named between peers before it is used.
///
/// A client announces what it knows in the metadata of its requests, until the server has shown
/// that it knows it too. Peers without extensions see the plain protocol.
package struct Extensions: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// CANCEL frames.
    package static let cancel = Extensions(rawValue: 1)
    /// WINDOW frames: credit for each stream.
    package static let window = Extensions(rawValue: 2)
    /// Metadata in responses.
    package static let responseMetadata = Extensions(rawValue: 4)

    /// The metadata key that carries the names.
    package static let metadataKey = "x-ext"

    /// The names of all of them, as a peer announces them.
    package static let announcement = "cancel,window,rmeta"

    /// Reads an announcement; names that are not known are left out.
    package init(announcement: some StringProtocol) {
        self = []
        for name in announcement.split(separator: ",") {
            switch name.drop(while: { $0 == " " }) {
            case "cancel": insert(.cancel)
            case "window": insert(.window)
            case "rmeta": insert(.responseMetadata)
            default: break
            }
        }
    }
}
