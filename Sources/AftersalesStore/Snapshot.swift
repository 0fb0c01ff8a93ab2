// SPDX-License-Identifier: Apache-2.0

/// Something that can be read from: a ``Snapshot`` or a ``Transaction``.
public protocol Reading: ~Copyable {
    /// What reads; of no use outside of the store.
    var session: Session { get }
}

/// The committed state at one moment, for as long as one read lasts.
public struct Snapshot: ~Copyable, Reading {
    /// What reads; of no use outside of the store.
    public let session: Session

    init(_ session: Session) {
        self.session = session
    }
}
