// SPDX-License-Identifier: Apache-2.0

import Foundation

/// How much is measured, and where things are: the environment's `BENCH_…`, with defaults.
struct Settings {
    /// Orders in the database, those with a wide line beside them.
    var orders: Int
    /// Blocks that each series is measured in; series of a group take turns block by block.
    var blocks: Int
    /// Scales the number of operations in a block, in percent.
    var percent: Int
    /// Connections that the 64 callers share.
    var connections: Int
    /// Whether a figure over its limit makes the run fail.
    var isStrict: Bool
    /// Figures whose name begins with none of these are left out; empty = all.
    var only: [String]

    /// The daemon to be measured.
    var daemon: String
    /// The server of the probe service.
    var echo: String
    /// The peer in Go for the same service, if there is one.
    var goPeer: String?
    /// The other side of the raw socket's ping-pong.
    var floorServer: String
    /// Seeded databases, kept from run to run.
    var seeds: URL
    /// This run's databases, removed at its end.
    var work: URL

    /// Units of the wide line; there is one of as many in a real shop's year.
    static let wideQuantity: Int64 = 19_152
    /// Units of every other line.
    static let narrowQuantity: Int64 = 3
    /// Callers that cancel at the same time, and calls in a batch of the raw writer.
    static let callers = 64

    init(environment: [String: String], arguments: [String]) throws(BenchError) {
        func number(_ name: String, _ fallback: Int, _ range: ClosedRange<Int>) throws(BenchError)
            -> Int
        {
            guard let text = environment[name], !text.isEmpty else { return fallback }
            guard let value = Int(text), range.contains(value) else {
                throw BenchError("\(name)=\(text) is not within \(range)")
            }
            return value
        }
        orders = try number("BENCH_ORDERS", 100_000, 200...10_000_000)
        blocks = try number("BENCH_BLOCKS", 9, 1...999)
        percent = try number("BENCH_PERCENT", 100, 1...10_000)
        connections = try number("BENCH_CONNECTIONS", 8, 1...Self.callers)
        only = (environment["BENCH_ONLY"] ?? "").split(separator: ",").map(String.init)
        isStrict = arguments.contains("--strict")
        if let unknown = arguments.first(where: { $0 != "--strict" }) {
            throw BenchError("usage: bench [--strict]; unknown: \(unknown)")
        }
        daemon = environment["BENCH_DAEMON"] ?? ".build/release/aftersalesd"
        echo = environment["BENCH_ECHO"] ?? ".build/release/ttrpc-echo"
        goPeer = environment["BENCH_GO_PEER"].flatMap { $0.isEmpty ? nil : $0 }
        floorServer =
            environment["BENCH_FLOOR_SERVER"]
            ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "floor-server").path
        let base = URL(filePath: environment["BENCH_DIRECTORY"] ?? "Benchmarks/.build")
        seeds = base.appending(path: "seeds")
        work = base.appending(path: "run-\(ProcessInfo.processInfo.processIdentifier)")
    }

    /// Operations of a block, scaled.
    func operations(_ count: Int) -> Int {
        max(count * percent / 100, 1)
    }

    /// Orders set apart for the figure about wide lines: as many narrow as wide ones.
    var apart: Int { min(600, max(orders / 10, 20)) }

    /// Whether a group of figures is asked for.
    func wants(_ group: String) -> Bool {
        only.isEmpty || only.contains(group)
    }

    /// Whether anything is asked for that needs a daemon and its orders.
    var wantsShop: Bool {
        only.isEmpty || only.contains { !$0.hasPrefix("rpc-") }
    }
}

/// Something broke: there is no figure.
struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
