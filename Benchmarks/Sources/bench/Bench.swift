// SPDX-License-Identifier: Apache-2.0

import CFloor
import Foundation

/// Measures floors and the daemon in one run and prints a line for each figure.
@main
struct Bench {
    static func main() async {
        var status: Int32 = 0
        do {
            let settings = try Settings(
                environment: ProcessInfo.processInfo.environment,
                arguments: Array(CommandLine.arguments.dropFirst()))
            try FileManager.default.createDirectory(
                at: settings.work, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: settings.work) }
            do {
                let report = try await run(settings)
                status = settings.isStrict && report.isOver ? 1 : 0
            } catch {
                let log = Daemon.log(beside: settings.work.appending(path: "any"))
                let lines = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
                for line in lines.split(separator: "\n").suffix(20) { say("  \(line)") }
                throw error
            }
        } catch {
            say("bench: \(error)")
            status = 70
        }
        exit(status)
    }

    private static func run(_ settings: Settings) async throws -> Report {
        // A socket's path is short, so it does not live beside the databases.
        let sockets = URL(filePath: "/tmp/aftersales-bench-\(getpid())")
        try FileManager.default.createDirectory(at: sockets, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: sockets) }
        let socket = sockets.appending(path: "desk").path

        var report = Report()
        try await measureRuntime(settings, folder: sockets, &report)
        guard settings.wantsShop else { return report }

        let shop = Shop(settings)
        let seed = try await Seed.make(settings, shop: shop, socket: socket)
        let database = settings.work.appending(path: "daemon.db")
        try seed.copy(to: database)
        let sizes = try rehearse(settings, shop, seed.ids, database: database, socket: socket)

        if settings.wants("start") {
            try measureStart(
                settings, shop: shop, ids: seed.ids, database: database, socket: socket, &report)
        }
        let copies = try copyForFloors(database, into: settings.work)
        let stage = Stage(
            settings: settings, shop: shop, ids: seed.ids,
            daemon: try Daemon(program: settings.daemon, socket: socket, database: database),
            socket: try RawSocket(
                program: settings.floorServer, path: sockets.appending(path: "floor").path),
            readerCopy: copies.reader, writerCopy: copies.writer,
            orderNumbers: try orderNumbers(copies.reader, most: shop.count), sizes: sizes)
        try await measure(stage, database: database, socket: socket, &report)
        return report
    }

    private static func measure(
        _ stage: Stage, database: URL, socket: String, _ report: inout Report
    ) async throws {
        let settings = stage.settings
        if settings.wants("echo") { try await measureEcho(stage, &report) }
        if settings.wants("get-order") { try await measureReads(stage, &report) }
        var cancels = try CancelStage(stage)
        if settings.wants("cancel-1") { try await measureOneCaller(&cancels, &report) }
        if settings.wants("cancel-line") { try await measureWideLines(stage, &report) }
        if settings.wants("cancel-64") { try await measureManyCallers(&cancels, &report) }
        try stage.daemon.stop()
        if settings.wants("cancel-64-syncs") {
            try measureSyncs(stage, &cancels, database: database, socket: socket, &report)
        }
    }

    /// Makes one call of each kind: their sizes go to the raw socket, the rows of the cancellation
    /// to the raw writer.
    private static func rehearse(
        _ settings: Settings, _ shop: Shop, _ ids: [String], database: URL, socket: String
    ) throws -> Stage.Sizes {
        let daemon = try Daemon(program: settings.daemon, socket: socket, database: database)
        func sizes(_ calls: PreparedCalls) throws -> (request: Int, reply: Int) {
            let caller = try Caller(path: socket)
            _ = try caller.call(calls)
            return (calls.lastFrameBytes, caller.lastReplyBytes)
        }
        // The last line of an order that no figure takes a last line of.
        let unit = (order: shop.narrow.upperBound - 1, line: Shop.lines - 1)
        let result = Stage.Sizes(
            echo: try sizes(Stage.echoes(1)),
            get: try sizes(Stage.gets([0], shop: shop, ids: ids)),
            cancel: try sizes(Stage.cancels([unit], shop: shop, ids: ids)))
        try daemon.stop()
        return result
    }

    private static func copyForFloors(_ database: URL, into folder: URL) throws -> (
        reader: URL, writer: URL
    ) {
        guard floor_checkpoint(database.path) == 0 else { throw BenchError.floor("checkpoint") }
        let reader = folder.appending(path: "reader.db")
        let writer = folder.appending(path: "writer.db")
        try FileManager.default.copyItem(at: database, to: reader)
        try FileManager.default.copyItem(at: database, to: writer)
        return (reader, writer)
    }

    private static func orderNumbers(_ database: URL, most: Int) throws -> [Int64] {
        var numbers = [Int64](repeating: 0, count: most)
        var count = most
        guard floor_order_ids(database.path, Settings.narrowQuantity, &numbers, &count) == 0
        else { throw BenchError.floor("orders") }
        return Array(numbers.prefix(count))
    }
}
