// SPDX-License-Identifier: Apache-2.0

import Foundation

/// How long the daemon takes to serve, and what it then holds.
func measureStart(
    _ settings: Settings, shop: Shop, ids: [String], database: URL, socket: String,
    _ report: inout Report
) throws {
    say("Start and memory, \(shop.count) orders")
    var times: [Double] = []
    for _ in 0..<max(settings.blocks, 3) {
        let daemon = try Daemon(program: settings.daemon, socket: socket, database: database)
        times.append(Double(daemon.readyTime) / 1e6)
        try daemon.stop()
    }
    let time = median(times)
    report.add("start", time, "ms", ratio: time / 50, .atMost(1))

    let daemon = try Daemon(program: settings.daemon, socket: socket, database: database)
    let orders = (0..<200).map { _ in Int.random(in: 0..<shop.regular) }
    _ = try Caller(path: socket).call(Stage.gets(orders, shop: shop, ids: ids))
    // Longer than the pause after which an idle daemon tidies up.
    Thread.sleep(forTimeInterval: 2)
    let memory = try daemon.residentMegabytes()
    try daemon.stop()
    report.add("memory", memory, "MB", ratio: memory / 40, .atMost(1))
}
