// SPDX-License-Identifier: Apache-2.0

import AftersalesAPI
import AftersalesClient
import CFloor
import Foundation
import Synchronization
import TTRPC

/// A database with all orders of a shop in it, and the orders' public ids.
struct Seed {
    let database: URL
    /// By the order's number in the shop.
    let ids: [String]

    /// Takes the database of an earlier run, or imports the orders through the daemon.
    ///
    /// The key is the schema's text and the number of orders: a change of either seeds again.
    static func make(_ settings: Settings, shop: Shop, socket: String) async throws -> Seed {
        let fresh = settings.work.appending(path: "seed.db")
        let daemon = try Daemon(program: settings.daemon, socket: socket, database: fresh)
        let key = try schemaKey(of: fresh)
        let kept = settings.seeds.appending(path: "\(key)-\(shop.regular)+\(shop.apart)")
        let database = kept.appending(path: "aftersales.db")
        let list = kept.appending(path: "orders.txt")
        if let text = try? String(contentsOf: list, encoding: .utf8) {
            try daemon.stop()
            let ids = text.split(separator: "\n").map(String.init)
            guard ids.count == shop.count else { throw BenchError("\(list.path) is cut off") }
            say("Database of an earlier run: \(kept.path)")
            return Seed(database: database, ids: ids)
        }

        say("Importing \(shop.count) orders, once; they are kept in \(kept.path)")
        let start = floor_now()
        let ids = try await importAll(shop, socket: socket)
        let seconds = Double(floor_now() - start) / 1e9
        say("  \(Figure.text(Double(shop.count) / seconds)) orders/s")
        try daemon.stop()
        guard floor_checkpoint(fresh.path) == 0 else { throw BenchError.floor("seed") }
        try FileManager.default.createDirectory(at: kept, withIntermediateDirectories: true)
        try? FileManager.default.removeItem(at: database)
        try FileManager.default.moveItem(at: fresh, to: database)
        // Written last: its presence says that the database is whole.
        try Data((ids.joined(separator: "\n") + "\n").utf8).write(to: list, options: .atomic)
        return Seed(database: database, ids: ids)
    }

    /// A copy for one use.
    func copy(to path: URL) throws {
        try? FileManager.default.removeItem(at: path)
        try FileManager.default.copyItem(at: database, to: path)
    }

    private static func schemaKey(of database: URL) throws -> String {
        var digest: UInt64 = 0
        guard floor_schema_digest(database.path, &digest) == 0 else {
            throw BenchError.floor("schema")
        }
        return String(digest, radix: 16)
    }

    private static func importAll(_ shop: Shop, socket: String) async throws -> [String] {
        let desk = AftersalesClient(socketPath: socket)
        let progress = Progress(count: shop.count)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<96 {
                group.addTask {
                    while true {
                        let order = progress.next.add(1, ordering: .relaxed).oldValue
                        guard order < shop.count else { return }
                        let response = try await desk.orders.importOrder(
                            shop.importRequest(order), options: .idempotent)
                        guard let imported = response.order else {
                            throw BenchError("ImportOrder answered without an order")
                        }
                        progress.ids.withLock { $0[order] = imported.orderID }
                        if order > 0, order.isMultiple(of: 10_000) { say("  \(order)") }
                    }
                }
            }
            try await group.waitForAll()
        }
        return progress.ids.withLock { $0 }
    }
}

/// How far an import has come.
private final class Progress: Sendable {
    /// The order that is imported next.
    let next = Atomic(0)
    /// Public ids, by the order's number in the shop.
    let ids: Mutex<[String]>

    init(count: Int) {
        ids = Mutex([String](repeating: "", count: count))
    }
}
