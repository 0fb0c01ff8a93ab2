// SPDX-License-Identifier: Apache-2.0

/// A table in fixed-width letters.
///
/// ```swift
/// var table = TextTable("item", .right("refund"))
/// table.add("Teapot", "24.50")
/// print(table.lines(indent: 4).joined(separator: "\n"))
/// ```
public struct TextTable: Sendable {
    /// One column.
    public struct Column: Sendable, Hashable, ExpressibleByStringLiteral {
        /// Its heading.
        public let heading: String
        /// Figures stand at the right, words at the left.
        public let isRightAligned: Bool

        /// A column of words.
        public init(stringLiteral heading: String) {
            self.init(heading: heading, isRightAligned: false)
        }

        private init(heading: String, isRightAligned: Bool) {
            self.heading = heading
            self.isRightAligned = isRightAligned
        }

        /// A column of figures.
        public static func right(_ heading: String) -> Column {
            Column(heading: heading, isRightAligned: true)
        }
    }

    /// The cells below the headings, one row each.
    public private(set) var rows: [[String]] = []
    private let columns: [Column]

    /// An empty table.
    ///
    /// - Parameter columns: from left to right.
    public init(_ columns: Column...) {
        self.columns = columns
    }

    /// Adds a row.
    ///
    /// - Parameter cells: one for each column; what is missing is empty, what is too much is
    ///   left out.
    public mutating func add(_ cells: String...) {
        let missing = max(0, columns.count - cells.count)
        rows.append(Array((cells + Array(repeating: "", count: missing)).prefix(columns.count)))
    }

    /// Renders headings, a rule and the rows, without trailing spaces.
    ///
    /// - Parameter indent: spaces before each line.
    /// - Returns: the lines.
    public func lines(indent: Int = 0) -> [String] {
        let headings = columns.map(\.heading)
        let widths = columns.indices.map { column in
            (rows.map { $0[column] } + [headings[column]]).map(\.count).max() ?? 0
        }
        let rule = widths.map { String(repeating: "-", count: $0) }
        return ([headings, rule] + rows).map { cells in
            let padded = cells.indices.map { column in
                let gap = String(repeating: " ", count: widths[column] - cells[column].count)
                return columns[column].isRightAligned ? gap + cells[column] : cells[column] + gap
            }
            let line = String(repeating: " ", count: indent) + padded.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
