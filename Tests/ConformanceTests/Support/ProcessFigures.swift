// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What the kernel counts of a process, read from /proc.
struct ProcessFigures: Sendable, CustomStringConvertible {
    /// Open descriptors.
    let descriptors: Int
    /// Threads.
    let threads: Int
    /// Resident memory in KiB.
    let residentKiB: Int

    struct Unreadable: Error {
        let path: String
    }

    init(of processID: Int64) throws {
        descriptors =
            try FileManager.default.contentsOfDirectory(atPath: "/proc/\(processID)/fd").count
        threads = try Self.status(processID, "Threads:")
        residentKiB = try Self.status(processID, "VmRSS:")
    }

    var description: String {
        "\(descriptors) descriptors, \(threads) threads, \(residentKiB) KiB"
    }

    private static func status(_ processID: Int64, _ name: String) throws -> Int {
        let path = "/proc/\(processID)/status"
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        where line.hasPrefix(name) {
            let fields = line.split(whereSeparator: \.isWhitespace)
            if fields.count > 1, let value = Int(fields[1]) { return value }
        }
        throw Unreadable(path: path)
    }

    /// Processor time that a process has used, in hundredths of a second.
    static func processorTicks(of processID: Int64) throws -> Int {
        let path = "/proc/\(processID)/stat"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        // The name in parentheses may hold blanks; behind it stand the fields from the third on.
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else {
            throw Unreadable(path: path)
        }
        return user + system
    }
}
