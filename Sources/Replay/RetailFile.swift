// SPDX-License-Identifier: Apache-2.0

/// A file in the layout *Online Retail II*, read as its bytes arrive.
public struct RetailFile: Sendable {
    /// Why a file cannot be replayed.
    public enum Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// There is no line at all.
        case empty
        /// The header lacks columns of the layout.
        case missingColumns([String])
        /// The file is not CSV.
        case malformed(CSVReader.Failure)

        /// A line for a person.
        public var description: String {
            switch self {
            case .empty: "the file is empty"
            case .missingColumns(let names):
                "the file lacks the columns " + names.joined(separator: ", ")
            case .malformed(.unterminatedQuote(let line)):
                "a quote in the record of line \(line) never ends"
            case .malformed(.recordTooLong(let line)):
                "the record of line \(line) is longer than \(CSVReader.recordBytesMax) bytes"
            }
        }
    }

    /// The rows that can be replayed, in the file's order.
    public private(set) var rows: [RetailRow] = []
    /// The rows that cannot, by reason.
    public private(set) var omitted: [Omission: Int] = [:]

    private var reader = CSVReader()
    private var columns: RetailColumns?
    private var recordCount = 0

    /// A file of which nothing is read yet.
    public init() {}

    /// Takes the next bytes, cut anywhere.
    ///
    /// - Parameter bytes: the next part of the file.
    /// - Throws: `Failure`.
    public mutating func read(_ bytes: [UInt8]) throws(Failure) {
        let records: [[String]]
        do {
            records = try reader.read(bytes)
        } catch {
            throw .malformed(error)
        }
        for record in records { try take(record) }
    }

    /// Ends the file.
    ///
    /// - Throws: `Failure`.
    public mutating func finish() throws(Failure) {
        let last: [String]?
        do {
            last = try reader.finish()
        } catch {
            throw .malformed(error)
        }
        if let last { try take(last) }
        guard columns != nil else { throw .empty }
    }

    private mutating func take(_ record: [String]) throws(Failure) {
        guard let columns else {
            do {
                columns = try RetailColumns(header: record)
            } catch {
                throw .missingColumns(error.names)
            }
            return
        }
        do {
            rows.append(try columns.row(record, index: recordCount))
        } catch {
            omitted[error, default: 0] += 1
        }
        recordCount += 1
    }
}
