// SPDX-License-Identifier: Apache-2.0

/// Splits a CSV file (RFC 4180) into records as its bytes arrive.
///
/// Fields may be quoted; inside quotes a comma and a line break are text and `""` is one quote.
/// Lines end in LF or CRLF. A byte order mark at the very start is skipped, and bytes that are not
/// UTF-8 are replaced, since the shops' exports mix encodings in descriptions nobody reads here.
///
/// ```swift
/// var reader = CSVReader()
/// for chunk in chunks { for record in try reader.read(chunk) { … } }
/// if let last = try reader.finish() { … }   // a last line without a line break
/// ```
public struct CSVReader: Sendable {
    /// Why the bytes are not a CSV file.
    public enum Failure: Error, Sendable, Hashable {
        /// A quoted field never ends; the record that holds it began on this line.
        case unterminatedQuote(line: Int)
        /// A record that began on this line is longer than ``CSVReader/recordBytesMax``.
        case recordTooLong(line: Int)
    }

    /// Bytes of one record.
    ///
    /// A quote that is never closed would otherwise swallow the whole file.
    public static let recordBytesMax = 1 << 20

    private enum Position {
        case fieldStart
        case plain
        case quoted
        case afterQuote
    }

    private var position = Position.fieldStart
    private var field: [UInt8] = []
    private var record: [String] = []
    private var recordBytes = 0
    private var line = 1
    private var recordLine = 1
    private var marksSeen = 0

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// A reader at the start of a file.
    public init() {}

    /// Takes the next bytes of the file and returns the records that they complete.
    ///
    /// - Parameter bytes: the next part of the file, cut anywhere.
    /// - Returns: the completed records, in order; empty lines are no records.
    /// - Throws: `Failure.recordTooLong`.
    public mutating func read(_ bytes: [UInt8]) throws(Failure) -> [[String]] {
        var records: [[String]] = []
        for byte in bytes {
            if skipsByteOrderMark(byte) { continue }
            recordBytes += 1
            guard recordBytes <= Self.recordBytesMax else {
                throw .recordTooLong(line: recordLine)
            }
            if let done = take(byte) { records.append(done) }
            if byte == Self.lineFeed { line += 1 }
        }
        return records
    }

    /// Ends the file and returns its last record, if no line break ended that.
    ///
    /// - Returns: the last record, or nil when the file ended in a line break.
    /// - Throws: `Failure.unterminatedQuote`.
    public mutating func finish() throws(Failure) -> [String]? {
        guard position != .quoted else { throw .unterminatedQuote(line: recordLine) }
        return endRecord()
    }

    private mutating func skipsByteOrderMark(_ byte: UInt8) -> Bool {
        guard marksSeen < Self.byteOrderMark.count else { return false }
        guard byte == Self.byteOrderMark[marksSeen] else {
            marksSeen = Self.byteOrderMark.count
            return false
        }
        marksSeen += 1
        return true
    }

    private mutating func take(_ byte: UInt8) -> [String]? {
        switch (position, byte) {
        case (.quoted, Self.quote):
            position = .afterQuote
        case (.quoted, _):
            field.append(byte)
        case (.fieldStart, Self.quote):
            position = .quoted
        case (.afterQuote, Self.quote):
            field.append(byte)
            position = .quoted
        case (_, Self.comma):
            endField()
        case (_, Self.lineFeed):
            if field.last == Self.carriageReturn { field.removeLast() }
            return endRecord()
        default:
            field.append(byte)
            position = .plain
        }
        return nil
    }

    private mutating func endField() {
        record.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
        position = .fieldStart
    }

    private mutating func endRecord() -> [String]? {
        let isEmptyLine = record.isEmpty && field.isEmpty && position != .afterQuote
        if !isEmptyLine { endField() }
        defer {
            record = []
            position = .fieldStart
            recordBytes = 0
            recordLine = line + 1
        }
        return isEmptyLine ? nil : record
    }
}
