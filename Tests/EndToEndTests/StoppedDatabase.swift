// SPDX-License-Identifier: Apache-2.0

import Aftersales
import AftersalesStore
import DaemonHarness
import SQLite

/// The file of a daemon that has ended, looked at without it.
struct StoppedDatabase {
    private let path: String

    init(_ place: DaemonPlace) throws {
        path = place.database
    }

    /// The first column of the first row.
    func scalar(_ sql: String) throws -> String? {
        let connection = try Connection(path: path, mode: .readOnly)
        defer { connection.close() }
        return try connection.scalar(sql)
    }

    /// How many rows each table has.
    func rowCounts() throws -> [String: String] {
        let connection = try Connection(path: path, mode: .readOnly)
        defer { connection.close() }
        var counts: [String: String] = [:]
        let tables =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        for table in try connection.scalars(tables) {
            counts[table] = try connection.scalar("SELECT count(*) FROM \(table)")
        }
        return counts
    }

    /// What the engine says of the file: "ok", and no foreign key that points nowhere.
    ///
    /// Debian's own tool says it where there is one, for it shares no code with the daemon's wrapper.
    func engineVerdict() throws -> String {
        let questions = ["PRAGMA integrity_check", "PRAGMA foreign_key_check"]
        do {
            var bytes: [UInt8] = []
            let script = questions.joined(separator: ";")
            try ProgramOutput.read("/usr/bin/sqlite3", ["-readonly", path, script]) { bytes += $0 }
            return String(decoding: bytes, as: UTF8.self)
        } catch HarnessError.cannotStart {
            return try questions.map { try scalar($0).map { $0 + "\n" } ?? "" }.joined()
        }
    }

    /// Everything that has to hold of these orders and of the log, in sentences; empty when it does.
    func broken(orders ids: [String]) throws -> [String] {
        let policy = Policy(version: 1, text: "", parameters: PolicyParameters(), templates: [])
        let options = StoreOptions(
            laneCount: 1, initialPolicy: policy, now: { Instant(microseconds: 0) },
            onFatal: { _ in })
        let store = try Store.open(path, options: options)
        defer { try? store.close() }
        return try store.read(lane: 0) { snapshot in
            var broken: [String] = []
            if case .broken(let seq) = try snapshot.verifyChain() {
                broken.append("the chain of events breaks at \(seq)")
            }
            for text in ids {
                guard let id = OrderID(text: text), let order = try snapshot.order(id) else {
                    broken.append("\(text) is not there")
                    continue
                }
                broken += Invariants.check(
                    order: order, obligations: try snapshot.obligations(of: id),
                    legs: try snapshot.refunds(
                        RefundQuery(customerID: order.customerID, orderID: id), limit: 1_000)
                ).map { "\(text): \($0)" }
            }
            return broken
        }
    }
}
