// SPDX-License-Identifier: Apache-2.0

import Foundation

/// One measured thing: `name value unit ratio limit ok|over`.
struct Figure {
    /// What bounds the ratio.
    enum Limit {
        /// A floor: the others are measured by it.
        case none
        /// The ratio must not exceed it.
        case atMost(Double)
        /// The ratio must reach it.
        case atLeast(Double)
    }

    let name: String
    let value: Double
    let unit: String
    let ratio: Double
    let limit: Limit

    var isOver: Bool {
        switch limit {
        case .none: false
        case .atMost(let bound): ratio > bound
        case .atLeast(let bound): ratio < bound
        }
    }

    /// The machine-readable line.
    var line: String {
        let bound =
            switch limit {
            case .none: "-"
            case .atMost(let bound), .atLeast(let bound): Self.text(bound)
            }
        return "\(name) \(Self.text(value)) \(unit) \(Self.text(ratio)) \(bound) "
            + (isOver ? "over" : "ok")
    }

    /// Four significant digits where the number is small, whole numbers where it is large.
    static func text(_ value: Double) -> String {
        switch abs(value) {
        case 1000...: String(format: "%.0f", value)
        case 100...: String(format: "%.1f", value)
        case 1...: String(format: "%.2f", value)
        default: String(format: "%.4f", value)
        }
    }
}

/// Prints figures as they come and remembers whether one is over its limit.
struct Report {
    private(set) var isOver = false

    mutating func add(
        _ name: String, _ value: Double, _ unit: String, ratio: Double, _ limit: Figure.Limit
    ) {
        let figure = Figure(name: name, value: value, unit: unit, ratio: ratio, limit: limit)
        isOver = isOver || figure.isOver
        FileHandle.standardOutput.write(Data((figure.line + "\n").utf8))
    }

    /// A floor: its ratio to itself is 1.
    mutating func floor(_ name: String, _ value: Double, _ unit: String) {
        add(name, value, unit, ratio: 1, .none)
    }
}

/// Says what goes on, beside the figures.
func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}
