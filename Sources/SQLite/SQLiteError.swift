// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// What SQLite answered when it could not do as asked.
///
/// The message names tables, columns and triggers, never a bound value.
public struct SQLiteError: Error, Sendable, Hashable {
    /// The primary result code, such as ``Code/full``.
    public let code: Code
    /// The extended result code, such as SQLITE_IOERR_FSYNC.
    public let extendedCode: Int32
    /// The errno of the system call that failed, or 0.
    public let systemError: Int32
    /// SQLite's own words.
    public let message: String

    /// Makes an error of an extended result code.
    public init(extendedCode: Int32, message: String, systemError: Int32 = 0) {
        self.code = Code(rawValue: extendedCode & 0xff)
        self.extendedCode = extendedCode
        self.systemError = systemError
        self.message = message
    }

    /// A primary result code of SQLite; codes this list does not name pass through.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// SQLite's number.
        public let rawValue: Int32

        /// Wraps a primary result code.
        public init(rawValue: Int32) { self.rawValue = rawValue }

        /// Another connection holds a lock.
        public static let busy = Code(rawValue: SQLITE_BUSY)
        /// An allocation failed.
        public static let noMemory = Code(rawValue: SQLITE_NOMEM)
        /// The statement ran past the connection's deadline.
        public static let interrupted = Code(rawValue: SQLITE_INTERRUPT)
        /// A read-only database was asked to change.
        public static let readOnly = Code(rawValue: SQLITE_READONLY)
        /// The operating system reported an I/O error.
        public static let ioError = Code(rawValue: SQLITE_IOERR)
        /// The file is damaged.
        public static let corrupt = Code(rawValue: SQLITE_CORRUPT)
        /// The disk, or the allowed number of pages, is full.
        public static let full = Code(rawValue: SQLITE_FULL)
        /// The file could not be opened.
        public static let cannotOpen = Code(rawValue: SQLITE_CANTOPEN)
        /// A value exceeds a limit.
        public static let tooBig = Code(rawValue: SQLITE_TOOBIG)
        /// A CHECK, UNIQUE, NOT NULL, foreign key or trigger refused.
        public static let constraint = Code(rawValue: SQLITE_CONSTRAINT)
        /// A value is not of the kind that is needed.
        public static let mismatch = Code(rawValue: SQLITE_MISMATCH)
        /// A bound value's index is out of range.
        public static let range = Code(rawValue: SQLITE_RANGE)
        /// The file is not an SQLite database.
        public static let notADatabase = Code(rawValue: SQLITE_NOTADB)
    }
}

extension SQLiteError: CustomStringConvertible {
    /// The code and SQLite's words.
    public var description: String { "SQLite error \(extendedCode): \(message)" }
}
