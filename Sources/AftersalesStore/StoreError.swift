// SPDX-License-Identifier: Apache-2.0

import SQLite

/// What went wrong below the store's own rules; it names tables and columns, never stored values.
public struct StoreError: Error, Sendable, Hashable {
    /// What went wrong, as far as a caller can act on it.
    public let kind: Kind
    /// The engine's own code, for the log.
    public let code: Int32
    /// The engine's own words, for the log.
    public let message: String

    /// What the caller can do about it.
    public enum Kind: Sendable, Hashable {
        /// No room on the disk: nothing changed, and the same call may work once there is.
        case full
        /// The disk failed or the file is damaged: what is durable is not known until a new start.
        case broken
        /// A CHECK, key or trigger refused: a mistake in a decision, and nothing changed.
        case constraint
        /// A stored value is none of those its column may hold.
        case unreadable
        /// The caller's deadline passed during a read.
        case expired
        /// The store is closing or closed.
        case closed
        /// Anything else; nothing changed.
        case other
    }

    init(_ kind: Kind, code: Int32 = 0, message: String) {
        self.kind = kind
        self.code = code
        self.message = message
    }

    init(_ error: SQLiteError) {
        kind = error.storeKind
        code = error.extendedCode
        message = error.message
    }

    static let closed = StoreError(.closed, message: "the store is closed")
}

extension StoreError: CustomStringConvertible {
    /// The kind, the code and the words.
    public var description: String { "store \(kind) (\(code)): \(message)" }
}

extension SQLiteError {
    /// SQLITE_IOERR_SHMSIZE, which ENOSPC causes without any page having been written.
    private static let sharedMemorySize: Int32 = 10 | 19 << 8
    private static let noSpace: Int32 = 28

    fileprivate var storeKind: StoreError.Kind {
        switch code {
        case .full: .full
        case .ioError
        where extendedCode == Self.sharedMemorySize && systemError == Self.noSpace:
            .full
        case .ioError, .corrupt, .notADatabase: .broken
        case .constraint: .constraint
        case .mismatch: .unreadable
        case .interrupted: .expired
        default: .other
        }
    }

    /// A stored value that no case of its enum has.
    static func unreadable(_ column: StaticString) -> SQLiteError {
        SQLiteError(extendedCode: Code.mismatch.rawValue, message: "unreadable: \(column)")
    }
}
