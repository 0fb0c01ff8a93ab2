// SPDX-License-Identifier: Apache-2.0

/// A table of text: a line of titles, then a line for each row, columns two spaces apart.
struct TextTable {
    /// One column.
    struct Column {
        let title: String
        let isNumeric: Bool

        /// Text, aligned left.
        static func text(_ title: String) -> Column { Column(title: title, isNumeric: false) }

        /// Numbers, aligned right.
        static func number(_ title: String) -> Column { Column(title: title, isNumeric: true) }
    }

    private let columns: [Column]
    private var rows: [[String]] = []

    init(_ columns: Column...) {
        self.columns = columns
    }

    /// Adds a row: one cell for each column, without line breaks.
    mutating func add(_ cells: String...) {
        precondition(cells.count == columns.count, "a row has a cell for each column")
        rows.append(cells)
    }

    var isEmpty: Bool { rows.isEmpty }

    /// The lines; without rows there is nothing but `none`.
    var lines: [String] {
        if rows.isEmpty { return ["none"] }
        let all = [columns.map(\.title)] + rows
        let widths = columns.indices.map { index in
            all.map { Self.width($0[index]) }.max() ?? 0
        }
        return all.map { row in
            var line = ""
            for (index, cell) in row.enumerated() {
                let gap = String(repeating: " ", count: widths[index] - Self.width(cell))
                line +=
                    (index == 0 ? "" : "  ") + (columns[index].isNumeric ? gap + cell : cell + gap)
            }
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// How many places of a terminal a text takes: two for each wide character.
    static func width(_ text: String) -> Int {
        text.reduce(0) { sum, character in
            guard let scalar = character.unicodeScalars.first else { return sum }
            return sum + (isWide(scalar) ? 2 : 1)
        }
    }

    /// The blocks that are wide by Unicode's UAX #11: Hangul, CJK, full-width forms, emoji.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
